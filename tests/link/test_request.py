from __future__ import annotations

import os
from pathlib import Path

import pytest

from aimux.link.request import (
    TRUE_COLOUR,
    colour_depth,
    has_screen,
    run_request,
    speaks_utf8,
    working_directory,
)


@pytest.mark.parametrize(
    ("environment", "features", "depth"),
    [
        ({"TERM": "xterm"}, "", 16),
        ({"TERM": "xterm-256color"}, "", 256),
        ({"TERM": "xterm"}, "256", 256),
        ({"TERM": "xterm-256color"}, "256:RGB", TRUE_COLOUR),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "", TRUE_COLOUR),
        ({"TERM": "xterm-kitty"}, "", TRUE_COLOUR),
        ({"TERM": "xterm-direct"}, "", TRUE_COLOUR),
        ({}, "", 16),
    ],
)
def test_colours_follow_from_the_environment(
    environment: dict[str, str], features: str, depth: int
) -> None:
    assert colour_depth(environment, features=features) == depth


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, False),
        ({"LC_ALL": "", "LC_CTYPE": "de_DE.utf8"}, True),
        ({"TMUX": "/x,1,0", "LC_ALL": "C"}, True),
        ({}, False),
    ],
)
def test_utf8_is_decided_as_tmux_does(environment: dict[str, str], expected: bool) -> None:
    assert speaks_utf8(environment) is expected


def test_a_terminal_without_a_screen_is_known_by_its_name() -> None:
    assert not has_screen({})
    assert not has_screen({"TERM": "dumb"})
    assert has_screen({"TERM": "a-terminal-of-next-year"})


def test_the_directory_keeps_the_users_way_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    monkeypatch.chdir(tmp_path / "link")
    assert working_directory({"PWD": f"{tmp_path}/link"}) == f"{tmp_path}/link"
    assert working_directory({"PWD": "/"}) == f"{tmp_path}/real"
    assert working_directory({"PWD": "/no/such/place"}) == f"{tmp_path}/real"


def test_a_deleted_directory_gives_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert working_directory({"HOME": "/home/somebody", "PWD": str(gone)}) == "/home/somebody"


def test_a_request_says_what_the_protocol_asks_for() -> None:
    request = run_request(("ls", "-a"), {"TERM": "xterm", "A": "1"}, flags={"control": 0})
    assert request["type"] == "run"
    assert request["argv"] == ["ls", "-a"]
    assert (request["environment"], request["pid"]) == ({"TERM": "xterm", "A": "1"}, os.getpid())
    assert request["protocol"] == [1, 1]
    assert set(request) == {
        "type", "protocol", "version", "argv", "cwd", "environment", "pid", "flags", "terminal"
    }  # fmt: skip
