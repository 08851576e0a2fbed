"""bash with the hooks that people have: prompt commands, DEBUG traps, PS0, history settings."""

from collections.abc import Callable
from pathlib import Path

import pytest

from aimux.semantic.marks import PromptEnd, PromptStart

# What bash-preexec does that matters here: a DEBUG trap takes the first command after the last part
# of PROMPT_COMMAND for one that was typed, and anything in PROMPT_COMMAND for the end of typing.
PREEXEC = r"""
bash_preexec_imported=defined
typed=''
remember() { typed=on; }
precmd() {
    local status=$? f
    for f in "${precmd_functions[@]}"; do (exit $status); "$f"; done
}
debug() {
    [[ -n $typed ]] || return 0
    typed=''
    case ";${PROMPT_COMMAND[*]};" in *"$BASH_COMMAND"*) return 0 ;; esac
    echo "PREEXEC<$BASH_COMMAND>"
}
PROMPT_COMMAND=$'precmd\nremember'
trap debug DEBUG
"""

# The same by hand, as starship's for bash before 5: the time begins with the first DEBUG.
STARSHIP = r"""
ready=''
starship_preexec() { if [[ $ready == yes ]]; then ready=no; echo "BEGIN<$BASH_COMMAND>"; fi; }
starship_precmd() { local status=$?; PS1="[$status]> "; ready=yes; }
trap starship_preexec DEBUG
PROMPT_COMMAND=starship_precmd
"""


@pytest.fixture
def bash(start: Callable) -> Callable:
    """bash with a `.bashrc`, at its first prompt."""

    def starter(bashrc: str = "", *argv: str, **how: object):
        pane = start("bash", *argv, files={".bashrc": bashrc}, **how)
        pane.ready()
        return pane

    return starter


@pytest.mark.parametrize(
    "bashrc",
    [
        "PROMPT_COMMAND='seen=$?; PS1=\"<$seen>\"'",
        "PROMPT_COMMAND='seen=$?; PS1=\"<$seen>\";'",
        "PROMPT_COMMAND=('seen=$?' 'PS1=\"<$seen>\"')",
        "export PROMPT_COMMAND='seen=$?; PS1=\"<$seen>\"'",
    ],
)
def test_a_prompt_command_keeps_running_and_sees_the_status(bash, bashrc: str) -> None:
    pane = bash(bashrc)
    assert pane.run("(exit 6)").exit_status == 6
    pane.wait(lambda: "<6>" in pane.visible(), "the person's own prompt")
    assert pane.run("true").exit_status == 0
    pane.wait(lambda: pane.count(PromptEnd) == pane.count(PromptStart), "end of the prompt")


def test_a_prompt_command_may_be_replaced_later(bash) -> None:
    pane = bash("PROMPT_COMMAND='echo old'")
    pane.run("PROMPT_COMMAND='echo n''ew'")
    pane.run("PROMPT_COMMAND=\"$PROMPT_COMMAND; echo ne''wer\"")
    assert pane.run("(exit 4)").exit_status == 4
    assert "newer" in pane.visible()


def test_bash_preexec_sees_each_typed_command_and_no_other(bash) -> None:
    pane = bash(PREEXEC)
    assert pane.run("echo a1").exit_status == 0
    assert pane.run("(exit 3)").exit_status == 3
    assert pane.run("echo a2").text == "echo a2"
    seen = [line for line in pane.visible().split("\n") if line.startswith("PREEXEC<")]
    assert seen == ["PREEXEC<echo a1>", "PREEXEC<echo a2>"]


def test_a_debug_trap_that_starts_a_clock_is_not_started_by_us(bash) -> None:
    pane = bash(STARSHIP)
    assert pane.run("sh -c 'exit 3'").exit_status == 3
    assert pane.run("echo a2").text == "echo a2"
    pane.wait(lambda: pane.visible().rstrip().endswith("[0]>"), "the person's own prompt")
    assert "BEGIN<echo a2>" in pane.visible()
    assert "aimux" not in pane.visible()


def test_ps0_of_a_person_is_shown_once_and_may_change(bash) -> None:
    pane = bash("PS0='zero\\n'")
    pane.run("true")
    assert pane.visible().splitlines().count("zero") == 1
    pane.run("PS0='uno\\n'")
    assert pane.run("echo x").text == "echo x"
    assert pane.visible().splitlines().count("uno") == 1


@pytest.mark.parametrize(
    "setting",
    [
        "HISTCONTROL=ignoreboth",
        "HISTCONTROL=erasedups",
        "HISTCONTROL=ignorespace:erasedups",
        "HISTIGNORE='ls*:secret*'",
        "HISTTIMEFORMAT='%F %T '",
        "HISTSIZE=3",
        "HISTSIZE=0",
        "set +o history",
        "shopt -u cmdhist",
        "shopt -s lithist histverify",
        "PROMPT_COMMAND='history -a; history -c; history -r'",
    ],
)
def test_a_text_is_right_or_not_given_whatever_history_keeps(bash, setting: str) -> None:
    pane = bash(setting)
    lines = ["echo 1", "echo 1", " echo 1", "secret=2", "echo 3", "echo 1", "echo 1", " echo 4"]
    for line in lines:
        record = pane.run(line)
        assert record.exit_status == 0
        assert record.text in {line, line.strip(), None}


def test_a_new_line_s_text_is_given_by_debian_s_settings(bash) -> None:
    pane = bash("HISTCONTROL=ignoreboth")
    assert [pane.run(line).text for line in ("make", "echo 2", "make")] == [
        "make",
        "echo 2",
        "make",
    ]


def test_history_is_what_it_would_have_been(bash, home: Path) -> None:
    pane = bash("HISTCONTROL=ignoreboth")
    for line in ("echo 1", "echo 1", " echo 2", "echo 3"):
        pane.run(line)
    pane.type("exit\r")
    pane.wait_for_end()
    assert (home / ".bash_history").read_text() == "echo 1\necho 3\nexit\n"


def test_prompts_without_expansion_show_nothing_of_ours(bash) -> None:
    pane = bash("PS1='> '")
    pane.run("shopt -u promptvars")
    pane.enter("echo plain")
    assert "aimux" not in pane.visible()
    assert "plain" in pane.visible()
    pane.enter("shopt -s promptvars")
    assert pane.run("echo back").text == "echo back"


def test_tracing_shows_nothing_of_ours(bash) -> None:
    pane = bash("PS1='> '")
    pane.run("set -x")
    pane.run("echo traced")
    pane.enter()
    assert "+ echo traced" in pane.visible()
    assert "aimux" not in pane.visible()


@pytest.mark.parametrize("option", ["nocasematch", "extglob", "nullglob", "failglob", "xpg_echo"])
def test_shell_options_change_nothing(bash, option: str) -> None:
    pane = bash(f"shopt -s {option}; IFS=:1; set -f")
    assert pane.run("echo 'a;1:b*'").text == "echo 'a;1:b*'"
    assert pane.run("(exit 11)").exit_status == 11


def test_a_subshell_of_the_person_s_does_not_report(bash) -> None:
    pane = bash()
    prompts = pane.count(PromptStart)
    record = pane.run("(echo a; (echo b); x=$(echo c)); { echo d; } | cat")
    assert record.exit_status == 0
    assert pane.count(PromptStart) == prompts + 1
    assert len(pane.records) == 1


def test_pipestatus_and_last_argument_are_left_alone(bash) -> None:
    pane = bash()
    pane.run("false | true | (exit 2)")
    pane.run("echo p=${PIPESTATUS[*]}")
    assert "p=1 0 2" in pane.visible()
    pane.run("true last-word")
    pane.run("echo u=$_")
    assert "u=last-word" in pane.visible()


def test_a_prompt_that_is_drawn_again_adds_no_command(bash) -> None:
    pane = bash()
    assert pane.run("\x0c\x0cecho x").text == "echo x"
    assert len(pane.records) == 1


def test_a_huge_command_line_is_cut(bash) -> None:
    pane = bash("bind 'set enable-bracketed-paste off'; PS2=")
    pane.type("cat >big <<END\r")
    for number in range(100):
        line = f"line {number} " + "x" * 60
        pane.type(line + "\r")
        pane.wait(lambda: line.encode() in pane.output, "echo of the line")  # noqa: B023
    record = pane.run("END")
    assert record.text is not None
    assert len(record.text) == 4096
