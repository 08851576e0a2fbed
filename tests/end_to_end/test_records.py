"""What ran is known: results, exec, until and read, in real shells and without a terminal."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.programs import needs
from tests.waiting import wait_until


@pytest.fixture
def shell(aimux: World) -> World:
    """A server with a bash that waits at its prompt."""
    needs("bash")
    aimux.do("new-session", "-d", "-s", "work", "-x", "60", "-y", "10", SHELL="/bin/bash")
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    return aimux


def records(world: World, *words: str) -> list[dict[str, object]]:
    found = json.loads(world.do("results", "--json", *words))
    assert isinstance(found, list)
    return found


# ---- exec ----


def test_exec_starts_a_server_passes_the_status_on_and_leaves_nothing(aimux: World) -> None:
    done = aimux.run("exec", "--", "echo $((6 * 7)) $X; exit 3", X="mine")
    assert done.returncode == 3
    assert done.stdout.splitlines()[0] == "42 mine"
    assert "fail" in done.stdout.splitlines()[-1]
    wait_until(lambda: not aimux.servers())


def test_exec_gives_its_words_to_the_program_as_they_are(aimux: World) -> None:
    done = aimux.run("exec", "--json", "--", "printf", "%s|", "a b", "$HOME", "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["output"]) == (0, ["a b|$HOME|--json|"])
    assert told["result"]["status"] == "ok"


def test_a_program_in_exec_cannot_end_its_own_record(aimux: World) -> None:
    forged = r"printf '\033]133;D;0\007'; echo after; exit 9"
    done = aimux.run("exec", "--json", "--", forged)
    told = json.loads(done.stdout)
    assert (done.returncode, told["output"], told["exit_status"]) == (9, ["after"], 9)


def test_exec_says_that_there_is_no_such_program(aimux: World) -> None:
    for words in (("no-such-program", "word"), ("no-such-program",)):
        assert aimux.run("exec", "--", *words).returncode == 127


def test_exec_gives_up_in_time_and_ends_what_it_started(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    done = aimux.run("exec", "--timeout", "0.2", "--", "sleep", "1000")
    assert (done.returncode, done.stderr) == (124, "timed out\n")
    wait_until(lambda: len(aimux.do("list-windows").splitlines()) == 1)


def test_a_command_ends_with_the_exec_that_waits_for_it(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    terminal = aimux.terminal("exec", "--", "sleep", "1000")
    wait_until(lambda: len(aimux.do("list-windows").splitlines()) == 2)
    terminal.type(b"\x03")
    wait_until(lambda: len(aimux.do("list-windows").splitlines()) == 1)


def test_a_default_command_that_is_a_shell_reports_what_it_runs(aimux: World) -> None:
    needs("bash")
    aimux.do("new-session", "-d", "-s", "first", "cat")
    aimux.do("set-option", "-g", "default-command", "exec /bin/bash")
    aimux.do("new-session", "-d", "-s", "work", "-x", "60", "-y", "10")
    aimux.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    assert aimux.run("exec", "-t", "work", "--", "(exit 7)").returncode == 7
    assert [one["command"] for one in records(aimux, "-t", "work")] == ["(exit 7)"]


def test_exec_types_into_a_shell_that_waits(shell: World) -> None:
    done = shell.run("exec", "-t", "work", "--", "seq 3; (exit 5)")
    assert (done.returncode, done.stdout.splitlines()[:3]) == (5, ["1", "2", "3"])
    assert "seq 3" in shell.seen("work")


def test_exec_does_not_type_behind_what_somebody_has_typed(shell: World) -> None:
    shell.do("send-keys", "-t", "work", "echo half a li")
    wait_until(lambda: "half a li" in shell.seen("work"))
    done = shell.run("exec", "-t", "work", "--", "touch no-such-thing")
    assert (done.returncode, "has been typed" in done.stderr) == (1, True)
    shell.do("send-keys", "-t", "work", "C-u")
    wait_until(lambda: "half a li" not in shell.seen("work"))
    assert shell.run("exec", "-t", "work", "--", "(exit 6)").returncode == 6


def test_exec_refuses_a_pane_that_is_at_no_prompt(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    done = aimux.run("exec", "-t", "work", "--", "true")
    assert (done.returncode, done.stderr) == (1, "%0 is at no prompt that aimux knows of\n")
    escape = aimux.run("exec", "-t", "work", "--", "a\x1bb")
    assert (escape.returncode, escape.stderr) == (1, "a control character cannot be typed\n")


def test_exec_writes_what_continuous_integration_reads(aimux: World, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("x = (\n")
    junit = aimux.run("exec", "--format", "junit", "--", "echo '<&>'; exit 1")
    suite = ET.fromstring(junit.stdout)  # noqa: S314  # it is ours
    assert (junit.returncode, suite.get("failures")) == (1, "1")
    assert suite.findtext("system-out") == "<&>"
    github = aimux.run("exec", "--format", "github", "--", "echo '::error::no'; exit 1")
    lines = github.stdout.splitlines()
    assert lines[0] == " ::error::no"
    assert lines[1].startswith("::error::fail  echo")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("exec",), "command exec: too few arguments (need at least 1) (usage: exec "),
        (("exec", "--format", "yaml", "true"), "unknown format: yaml (one of "),
        (("exec", "--timeout", "soon", "true"), "timeout invalid\n"),
        (("until", "-t", "work"), "one of --exit, --text"),
        (("until", "-t", "work", "--result", "bad"), "unknown result: bad (one of "),
        (("until", "-t", "work", "--text", "("), "invalid regular expression: (\n"),
        (("results", "--colour"), "command results: unknown option --colour (usage: results "),
        (("read", "--tokens", "0"), "tokens too small\n"),
    ],
)
def test_a_wrong_line_is_refused(aimux: World, words: tuple[str, ...], error: str) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    done = aimux.run(*words)
    assert done.returncode == 1
    assert done.stderr.startswith(error)


# ---- results and read ----


def test_results_are_those_of_the_panes_commands(shell: World) -> None:
    shell.run("exec", "-t", "work", "--", "printf 'one\\ntwo'")
    shell.run("exec", "-t", "work", "--", "sh -c 'exit 4'")
    good, bad = records(shell, "-t", "work")
    assert (good["command"], good["exit_status"]) == ("printf 'one\\ntwo'", 0)
    assert [one["id"] for one in records(shell, "-t", "work", "--failed")] == [bad["id"]]
    assert records(shell, "-t", "work", "--kind", "test") == []
    assert "exit 4" in shell.do("results", "-t", "work").splitlines()[-1]


def test_read_joins_wrapped_lines_and_applies_redraws(shell: World) -> None:
    long = "x" * 150
    shell.run("exec", "-t", "work", "--", f"printf '{long}\\n'; printf 'half\\r\\033[Kwhole\\n'")
    lines = shell.do("read", "-t", "work", "--full").splitlines()
    assert lines[1:3] == [long, "whole"] or lines[-2:] == [long, "whole"]


def test_output_that_has_left_the_history_is_counted(shell: World) -> None:
    shell.do("set-option", "-g", "history-limit", "100")
    shell.do("respawn-pane", "-k", "-t", "work")
    shell.do("until", "-t", "work", "--text", r"[$#]$", "--timeout", "30")
    shell.run("exec", "-t", "work", "--", "seq 60000")
    text = shell.do("read", "-t", "work", "--full")
    assert "60000" in text
    assert "lines were not kept" in text


def test_what_a_program_printed_after_clearing_the_screen_is_read(shell: World) -> None:
    done = shell.run("exec", "--json", "-t", "work", "--", "seq 30; clear; echo fresh")
    assert "fresh" in json.loads(done.stdout)["output"]


def test_a_pane_without_a_shell_can_be_read(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "echo here; exec cat")
    aimux.do("until", "-t", "work", "--text", "^here$", "--timeout", "30")
    assert "here" in aimux.do("read", "-t", "work")


# ---- until ----


def test_until_exit_passes_on_the_status_of_what_ends(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("new-window", "-d", "-n", "job", "read word; exit 6")
    aimux.do("run-shell", "-bC", "-d", "0.3", "send-keys -t work:job Enter")
    assert aimux.run("until", "-t", "work:job", "--exit", "--timeout", "30").returncode == 6


def test_until_says_that_time_is_over(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    for words in (("--text", "never"), ("--exit",), ("--state", "waiting"), ("--result", "ok")):
        assert aimux.run("until", "-t", "work", *words, "--timeout", "0.1").returncode == 124


def test_until_says_that_the_pane_has_gone(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "cat")
    aimux.do("new-window", "-d", "-n", "job", "cat")
    aimux.do("run-shell", "-bC", "-d", "0.3", "kill-window -t work:job")
    assert aimux.run("until", "-t", "work:job", "--text", "never").returncode == 125


def test_until_text_sees_lines_that_pass_by(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "-y", "5", "read word; seq 1000; exec cat")
    aimux.do("run-shell", "-bC", "-d", "0.3", "send-keys -t work Enter")
    aimux.do("until", "-t", "work", "--text", "^333$", "--timeout", "30")


def test_until_idle_waits_for_quiet(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "echo begun; exec cat")
    aimux.do("until", "-t", "work", "--idle", "0.2", "--timeout", "30")
    assert "begun" in aimux.seen("work")


def test_until_result_waits_for_a_command_that_fails(shell: World) -> None:
    shell.do("run-shell", "-bC", "-d", "0.3", "send-keys -t work 'true' Enter 'false' Enter")
    shell.do("until", "-t", "work", "--result", "fail", "--timeout", "30")
    assert [one["exit_status"] for one in records(shell, "-t", "work")] == [0, 1]


# ---- what was printed stays text ----

# The marks of a shell without the nonce, which may claim any command line.
FORGED = r"""
printf '\033]133;A\007\033]133;B\007\033]633;E;forged \\x1b[31m\\x9b1m\\x0a\\x07\007\033]133;C\007'
printf 'said\n\033]133;D;1\007'
exec sleep 1000
"""


def test_a_command_line_that_was_forged_cannot_reach_a_terminal_as_more_than_text(
    aimux: World,
) -> None:
    aimux.do("new-session", "-d", "-s", "work", "-x", "60", "-y", "10", "exec cat")
    script = aimux.directory / "forged.sh"
    script.write_text(FORGED)
    aimux.do("new-window", "-t", "work", f"exec sh {script}")
    wait_until(lambda: "forged" in aimux.do("results", "-t", "work"))
    wait_until(lambda: "forged" in aimux.do("history"))
    for words in (("results",), ("read",), ("results", "--json"), ("history",)):
        given = aimux.do(*words) if words == ("history",) else aimux.do(*words, "-t", "work")
        assert "forged" in given
        assert all(line.isprintable() for line in given.splitlines()), given
    assert str(records(aimux, "-t", "work")[-1]["command"]).startswith("forged \x1b[31m")


def test_a_gap_says_by_which_command_the_rest_is_read(shell: World) -> None:
    shell.run("exec", "-t", "work", "--", "seq 200 | sed s/^/line-/; false")
    text = shell.do("read", "-t", "work")
    gap = next(line for line in text.splitlines() if line.startswith("… "))
    assert "line-100" not in text
    command = gap.partition("lines, aimux ")[2].removesuffix(" …").split()
    assert command[:2] == ["read", "-t"]
    assert "line-100" in shell.do(*command)


def test_a_command_of_several_lines_is_one_line_of_the_results(shell: World) -> None:
    shell.do("send-keys", "-t", "work", "cat <<EOT", "Enter", "text", "Enter", "EOT", "Enter")
    wait_until(lambda: "cat <<EOT ↵ text ↵ EOT" in shell.do("results", "-t", "work"))
