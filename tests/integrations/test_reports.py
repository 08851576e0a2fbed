"""What real bash, zsh and fish report of what is typed."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest

from aimux.semantic.marks import CommandEnd, Directory, OutputStart, PromptEnd, PromptStart

NONCE = "0123456789abcdef"
every_shell = pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
bash_and_zsh = pytest.mark.parametrize("shell", ["bash", "zsh"])


@pytest.fixture
def ready(start: Callable) -> Callable:
    """A shell at its first prompt."""

    def starter(*argv: str, **how: object):
        shell = start(*argv, **how)
        shell.ready()
        return shell

    return starter


@every_shell
def test_a_command_its_text_and_its_exit_status(ready, shell: str) -> None:
    pane = ready(shell)
    record = pane.run("sh -c 'exit 3'")
    assert (record.text, record.exit_status, record.trusted) == ("sh -c 'exit 3'", 3, True)
    assert pane.run("true").exit_status == 0


@every_shell
@pytest.mark.parametrize(
    "line", ["echo 'a;b' \\\\x3b", "echo 'é 漢 👩‍💻'", "echo '%s %n ${x} `y`' '& &'"]
)
def test_any_character_of_a_command_line_arrives(ready, shell: str, line: str) -> None:
    assert ready(shell).run(line).text == line


@every_shell
def test_what_goes_to_the_background_has_not_the_status_of_what_ran_before(
    ready, shell: str
) -> None:
    pane = ready(shell)
    assert pane.run("sh -c 'exit 3'").exit_status == 3
    assert pane.run("sleep 0.01 &").exit_status == 0


def test_a_tab_of_a_command_line_arrives(ready) -> None:
    # Only bash's line editor can be told to take a typed tab as it is.
    pane = ready("bash", files={".inputrc": "set disable-completion on\n"})
    assert pane.run("echo 'tab\there'").text == "echo 'tab\there'"


@every_shell
def test_an_empty_line_is_no_command(ready, shell: str) -> None:
    pane = ready(shell)
    pane.enter()
    pane.enter("   " if shell != "bash" else "")
    assert pane.count(OutputStart) == 0
    pane.run("true")
    assert [record.text for record in pane.records] == ["true"]


@bash_and_zsh
def test_a_comment_or_a_syntax_error_leaves_no_command_behind(ready, shell: str) -> None:
    pane = ready(shell)
    pane.enter(")")
    assert pane.run("true").text == "true"
    assert all(record.text != ")" or record.exit_status for record in pane.records)


def interrupt(pane, is_so: Callable[[], bool]) -> None:
    """Press ctrl-c as a person does: again, if a shell that was just busy has missed it."""
    for _ in range(4):
        pane.type("\x03")
        with contextlib.suppress(AssertionError):
            pane.wait(is_so, "prompt after ctrl-c", seconds=3)
            return
    pane.wait(is_so, "prompt after ctrl-c")


@bash_and_zsh
def test_ctrl_c_at_the_prompt_is_no_command(ready, shell: str) -> None:
    pane = ready(shell)
    prompts = pane.count(PromptStart)
    pane.wait(lambda: pane.count(PromptEnd) > 0, "end of the prompt")
    pane.type("half a li")
    interrupt(pane, lambda: pane.count(PromptStart) > prompts)
    assert pane.records == []
    assert pane.run("true").exit_status == 0


@every_shell
def test_ctrl_c_ends_a_command_with_130(ready, shell: str) -> None:
    pane = ready(shell)
    pane.start("sh -c 'echo up; exec sleep 60'")
    pane.wait(lambda: b"up\r\n" in pane.output.rpartition(b"133;C")[2], "the command's output")
    pane.type("\x03")
    pane.wait(lambda: bool(pane.records), "end of the command")
    assert pane.records[0].exit_status == 130


@bash_and_zsh
def test_a_command_over_several_lines_is_one(ready, shell: str) -> None:
    pane = ready(shell)
    record = pane.run("for x in a b\ndo echo $x\ndone")
    assert record.text is not None
    assert record.text.replace("; ", "\n") == "for x in a b\ndo echo $x\ndone"
    assert len(pane.records) == 1


@bash_and_zsh
def test_a_here_document_is_part_of_its_command(ready, shell: str) -> None:
    pane = ready(shell)
    record = pane.run("cat <<END\none; two\nEND")
    assert record.text == "cat <<END\none; two\nEND"


@bash_and_zsh
def test_an_alias_is_reported_as_it_was_typed(ready, shell: str) -> None:
    rc = {"bash": ".bashrc", "zsh": ".zshrc"}[shell]
    # Aliases of words that the integration uses itself must not get into it.
    traps = "alias fail=false printf='echo BAD' local=BAD print=BAD if=BAD '[['=BAD set=BAD"
    pane = ready(shell, files={rc: f"{traps}\n"})
    record = pane.run("fail")
    assert (record.text, record.exit_status) == ("fail", 1)
    assert "BAD" not in pane.visible().replace(traps, "")


@every_shell
def test_a_background_job_ends_its_command_at_once(ready, shell: str) -> None:
    pane = ready(shell)
    record = pane.run("sleep 60 &")
    assert (record.text, record.exit_status) == ("sleep 60 &", 0)
    pane.run("kill %1")


@every_shell
def test_a_nested_shell_is_one_command_and_reports_nothing(ready, shell: str) -> None:
    pane = ready(shell)
    pane.start(shell)
    marks = len(pane.marks)
    pane.type("echo in''side\r")
    pane.wait(lambda: b"inside" in pane.output, "output of the nested shell")
    pane.type("exit 5\r")
    pane.wait(lambda: bool(pane.records), "end of the nested shell")
    assert [(record.text, record.exit_status) for record in pane.records] == [(shell, 5)]
    since = pane.marks[marks:]
    ends = [index for index, mark in enumerate(since) if isinstance(mark, CommandEnd)]
    assert not any(mark.trusted for mark in since[: ends[0]])


@bash_and_zsh
def test_a_nested_shell_that_inherits_the_prompts_stays_silent(ready, shell: str) -> None:
    pane = ready(shell)
    pane.run("export PS0 PS1 PROMPT_COMMAND PROMPT")
    records = len(pane.records)
    pane.start(shell)
    pane.type("echo in''side\r")
    pane.wait(lambda: b"inside" in pane.output, "output of the nested shell")
    pane.type("exit\r")
    pane.wait(lambda: len(pane.records) > records, "end of the nested shell")
    assert pane.records[records].text == shell
    assert "not found" not in pane.visible()


@every_shell
def test_no_child_is_told_the_nonce(ready, home: Path, shell: str) -> None:
    pane = ready(shell)
    pane.run("export PS0 PS1 PROMPT PROMPT_COMMAND" if shell != "fish" else "true")
    pane.run("env > environment")
    environment = (home / "environment").read_text()
    assert "HOME=" in environment
    assert NONCE not in environment
    assert "AIMUX" not in environment


@every_shell
def test_the_directory_is_reported_when_it_changes(ready, home: Path, shell: str) -> None:
    strange = home / "a b;c%é\\d"
    strange.mkdir()
    pane = ready(shell)
    pane.run(f"cd '{strange}'")
    said = [mark for mark in pane.marks if isinstance(mark, Directory)][-2:]
    assert {mark.path for mark in said} == {str(strange)}
    assert sorted(mark.trusted for mark in said) == [False, True]
    assert pane.run("true").path == str(strange)


@bash_and_zsh
def test_a_directory_with_control_characters_cannot_forge_a_mark(
    ready, home: Path, shell: str
) -> None:
    forged = str(home / "x\x07\x1b]133;D;0;aid=y\x07\n")
    Path(forged).mkdir()
    pane = ready(shell)
    pane.run("cd x*")
    assert [mark.path for mark in pane.marks if isinstance(mark, Directory)][-2:] == [forged] * 2
    assert pane.run("true").path == forged


@every_shell
def test_exec_of_another_program_leaves_its_command_running(ready, shell: str) -> None:
    pane = ready(shell)
    pane.start("exec sh")
    assert pane.log.running is not None
    assert pane.log.running.text == "exec sh"
    pane.type("echo on''ly\r")
    pane.wait(lambda: b"only" in pane.output, "output of the new program")
    assert pane.log.running is not None


@bash_and_zsh
def test_output_sent_elsewhere_does_not_take_the_marks_with_it(
    ready, home: Path, shell: str
) -> None:
    pane = ready(shell)
    pane.run("exec >out 2>err")
    assert pane.run("false").exit_status == 1
    assert "133;" not in (home / "out").read_text()
    assert b"133;C" not in (home / "err").read_bytes()


@bash_and_zsh
@pytest.mark.parametrize("option", ["-u", "-e", "-eu", "-a", "-f", "-C"])
def test_options_that_make_shells_strict_change_nothing(ready, shell: str, option: str) -> None:
    pane = ready(shell)
    pane.run(f"set {option}")
    assert pane.run("true && cd /").exit_status == 0
    assert pane.run("echo still here").text == "echo still here"
    pane.enter()
    assert "unbound" not in pane.visible()
    assert "not set" not in pane.visible()


@bash_and_zsh
def test_a_prompt_that_is_changed_later_still_ends_with_its_mark(ready, shell: str) -> None:
    pane = ready(shell)
    pane.run("PS1='new> '")
    ends = pane.count(PromptEnd)
    pane.run("true")
    pane.wait(lambda: pane.count(PromptEnd) > ends, "end of the prompt")
    pane.run('PS1="$PS1$PS1"')
    ends, prompts = pane.count(PromptEnd), pane.count(PromptStart)
    pane.enter()
    pane.wait(lambda: pane.count(PromptEnd) > ends, "end of the prompt")
    pane.run("true")
    assert pane.count(PromptEnd) - ends <= pane.count(PromptStart) - prompts + 1


@bash_and_zsh
def test_the_status_that_a_person_asks_for_is_the_command_s(ready, shell: str) -> None:
    pane = ready(shell)
    pane.run("(exit 7)")
    pane.run("echo status=$?")
    assert "status=7" in pane.visible()


@bash_and_zsh
def test_nothing_visible_is_added(start, shell: str) -> None:
    rc = {"bash": ".bashrc", "zsh": ".zshrc"}[shell]

    def seen(*, plain: bool) -> str:
        pane = start(shell, plain=plain, files={rc: "PS1='> '\n"})
        for number, line in enumerate(("echo one", "sh -c 'exit 2'", "false", "exit"), start=1):
            pane.wait(lambda: pane.visible().count("> ") >= number, "prompt")  # noqa: B023
            pane.type(line + "\r")
        pane.wait_for_end()
        return "".join(pane.visible().split())

    assert seen(plain=False) == seen(plain=True)


@every_shell
def test_a_line_behind_a_space_is_reported_with_the_space(ready, shell: str) -> None:
    record = ready(shell).run(" echo private")
    assert record.text is None or record.text == " echo private"


@bash_and_zsh
def test_a_subshell_is_part_of_its_command(ready, shell: str) -> None:
    pane = ready(shell)
    record = pane.run("(cd /; (exit 3))")
    assert (record.text, record.exit_status) == ("(cd /; (exit 3))", 3)
    assert pane.run("echo $(exit 4)").exit_status == 0
    assert len(pane.records) == 2


@every_shell
def test_a_stopped_job_ends_its_command_and_goes_on_in_another(ready, shell: str) -> None:
    pane = ready(shell)
    pane.start("sh -c 'echo up; exec sleep 60'")
    pane.wait(lambda: b"up\r\n" in pane.output.rpartition(b"133;C")[2], "the command's output")
    pane.type("\x1a")
    pane.wait(lambda: len(pane.records) == 1, "end of the command")
    pane.wait(lambda: pane.count(PromptStart) == 2, "prompt after ctrl-z")
    pane.start("fg")
    interrupt(pane, lambda: len(pane.records) == 2)
    assert pane.records[1].text == "fg"
