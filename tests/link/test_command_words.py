from __future__ import annotations

import json
import subprocess

import pytest

from aimux.link.command_words import STARTING_COMMANDS, may_attach, may_start_server


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", True),
        ("new", True),
        ("new-session -d", True),
        ("new-s", True),
        ("new-", False),
        ("new-window", False),
        ("a", True),
        ("at -t work", True),
        ("attach", True),
        ("start", True),
        ("st", True),
        ("lsk", True),
        ("list-k", True),
        ("list-c", False),
        ("list-commands", True),
        ("ls", False),
        ("kill-server ; new -d", True),
        ("has -t x; new -d", True),
        ("send x\\; new", False),
    ],
)
def test_these_start_a_server(line: str, expected: bool) -> None:
    assert may_start_server(line.split()) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", True),
        ("new", True),
        ("new -d", False),
        ("new -Ad -s x", False),
        ("new -s d", True),
        ("new -sd", True),
        ("new -x 80 -d", False),
        ("new -s x -- -d", True),
        ("new -n w sleep -d", True),
        ("new -d ; attach", True),
        ("a -d", True),
        ("ls", False),
        ("start", False),
    ],
)
def test_these_attach(line: str, expected: bool) -> None:
    assert may_attach(line.split()) is expected


def test_the_prefixes_are_the_shortest_that_tmux_finds_unambiguous() -> None:
    listing = subprocess.run(
        ["tmux", "-L", "aimux-test-words", "-f", "/dev/null", "list-commands", "-F",
         '{"name": "#{command_list_name}", "alias": "#{command_list_alias}"}'],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in listing.stdout.splitlines()]
    names = {row["name"]: row["alias"] for row in rows}
    for name, (alias, shortest) in STARTING_COMMANDS.items():
        assert names[name] == alias
        assert [other for other in names if other.startswith(shortest)] == [name]
        assert [other for other in names if other.startswith(shortest[:-1])] != [name]
