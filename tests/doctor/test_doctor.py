"""`aimux doctor` as a person and a script meet it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World

SECTIONS = ("terminal", "surroundings", "installation", "server", "configuration", "programs")
KITTY = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
    b"\x1b[?u": b"\x1b[?0u",
    b"\x1b[>q": b"\x1bP>|kitty(0.40.0)\x1b\\",
    b"\x1b[c": b"\x1b[?62;52c",
}
Finding = dict[str, str]


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()


def findings(aimux: World, *, status: int = 0, **settings: str) -> dict[str, list[Finding]]:
    """What it says as JSON, by name. The world gives it `-f /dev/null`, a file without faults."""
    done = aimux.run("doctor", "--json", **settings)
    assert (done.returncode, done.stderr) == (status, ""), done
    told = json.loads(done.stdout)
    assert told["ok"] == (status == 0)
    found: dict[str, list[Finding]] = {}
    for row in told["findings"]:
        found.setdefault(row["name"], []).append(row)
    return found


def test_it_needs_neither_a_server_nor_a_terminal_and_starts_none(aimux: World) -> None:
    text = aimux.do("doctor")
    lines = text.splitlines()
    assert tuple(line for line in lines if line in SECTIONS) == SECTIONS
    assert "\x1b" not in text
    assert not aimux.servers()
    found = findings(aimux)
    assert found["running"][0]["value"].startswith("no (")
    assert found["answers"][0]["value"].startswith("not asked")


def test_a_terminal_is_asked_what_it_can(aimux: World) -> None:
    terminal = aimux.terminal("doctor", columns=120, rows=60)
    terminal.answers.update(KITTY)
    assert terminal.wait_for_end() == 0
    assert "kitty(0.40.0)" in terminal.text
    assert [line.split()[0] for line in terminal.rows if "keyboard" in line] == ["ok"]
    assert b"\x1b[32mok" in terminal.output
    assert terminal.echoes()


def test_a_terminal_that_answers_nothing_is_waited_for_no_longer_than_a_second(
    aimux: World,
) -> None:
    terminal = aimux.terminal("doctor", columns=120, rows=60, NO_COLOR="1")
    terminal.answers.clear()
    assert terminal.wait_for_end() == 0
    assert "none within a second" in terminal.text
    assert b"\x1b[32m" not in terminal.output


def test_a_server_that_runs_is_looked_at(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work")
    aimux.do("set", "-s", "escape-time", "500")
    found = findings(aimux)
    assert found["running"][0]["value"] == f"yes, pid {aimux.server()}, 1 session"
    assert (found["version"][0]["mark"], found["escape-time"][0]["mark"]) == ("ok", "warn")
    assert "set -s escape-time" in found["escape-time"][0]["advice"]


def test_what_is_wrong_is_marked_and_makes_the_exit_status_1(aimux: World) -> None:
    (aimux.directory / "bad.conf").write_text("set -g status on\nsett -g status off\n")
    (aimux.directory / "bad.toml").write_text("nonsense = 1\n")
    words = ("-f", "bad.conf", "-f", "bad.toml", "-f", "missing.conf", "doctor")
    done = aimux.run(*words)
    assert (done.returncode, done.stderr) == (1, "")
    assert "bad.conf:2: unknown command: sett" in done.stdout
    assert "nonsense" in done.stdout
    assert "missing.conf: No such file or directory" in done.stdout


def test_a_directory_that_others_may_enter_is_wrong(aimux: World) -> None:
    aimux.do("doctor")
    aimux.socket.parent.chmod(0o755)
    found = findings(aimux, status=1)["socket directory"][0]
    assert (found["mark"], "unsafe permissions" in found["value"]) == ("fail", True)


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({"TERM": "dumb"}, "TERM", "dumb"),
        ({"TERM": "no-such-terminal"}, "TERM", "no-such-terminal"),
        ({"LC_ALL": "C"}, "UTF-8", "LC_ALL=C"),
        ({"TMUX": "/tmp/tmux-0/default,1,0"}, "inside", "tmux"),
        ({"SHELL": "/bin/dash"}, "shell integration", "dash does not report its commands"),
        ({"TERM": "xterm"}, "colours", "16"),
    ],
)
def test_what_may_surprise_is_warned_of_and_mended_by_advice(
    aimux: World, settings: dict[str, str], name: str, value: str
) -> None:
    found = findings(aimux, **settings)[name][0]
    assert (found["mark"], found["value"]) == ("warn", value)
    assert found["advice"]


def test_wrong_words_are_answered_with_the_usage(aimux: World) -> None:
    done = aimux.run("doctor", "--jsn")
    assert (done.returncode, done.stderr) == (1, "usage: aimux doctor [--json]\n")
