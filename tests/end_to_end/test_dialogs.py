"""Choosers and dialogs that the server draws, at four sizes. Look before accepting a snapshot."""

from __future__ import annotations

import re

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal

QUIET_SECONDS = 0.3
NUMBERS = re.compile(r"\b\d+ of \d+\b|\b\d\d:\d\d\b")  # how many keys there are, what time it is
ESCAPE = b"\x1b"
# What is typed, what is then seen of it, and what closes it again.
DIALOGS = {
    "menu of a window": (PREFIX + b"<", "New At End", ESCAPE),
    "prompt with completion": (PREFIX + b":set -g status-p\t\t", "top  bottom", b"\x03"),
    "question": (PREFIX + b"x", "(y/n)", b"n"),
    "palette": (PREFIX + b"Psplit", "suspend-client", ESCAPE),
    "keys": (PREFIX + b"?", "C-b C-b", b"q"),
    "popup": (PREFIX + b":display-popup -E -w 30 -h 6 'echo inside; cat'\r", "inside", b"\x04"),
    "numbers": (PREFIX + b":display-panes -d 0\r", "x", b"0"),
    "tree": (PREFIX + b"w", "one*Z", b"q"),
    "buffers": (PREFIX + b"=", "buffer0", b"q"),
}


def settled(terminal: Terminal) -> str:
    """What is seen when nothing comes any more."""
    while terminal.read(QUIET_SECONDS):
        pass
    return terminal.text


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (80, 24), (60, 20), (40, 15)])
def test_every_dialog(aimux: World, snapshot: SnapshotAssertion, columns: int, rows: int) -> None:
    aimux.do("new", "-d", "-s", "work", "-n", "one", "-x", "80", "-y", "24", "cat")
    aimux.do("splitw", "-d", "cat")
    for name, value in (("status-right", ""), ("sidebar-minimum", "500"), ("which-key", "off")):
        aimux.do("set", "-g", name, value)
    aimux.do("set", "-wg", "automatic-rename", "off")
    aimux.do("set-buffer", "-b", "buffer0", "what was copied")
    terminal = aimux.terminal("attach", columns=columns, rows=rows, LANG="C")
    aimux.wait_until_live(terminal)
    plain = settled(terminal)
    for name, (keys, shown, end) in DIALOGS.items():
        terminal.type(keys)
        terminal.wait_for(lambda shown=shown: shown in terminal.text and terminal.text != plain)
        seen = settled(terminal)
        assert all(len(row) <= columns for row in seen.split("\n"))
        assert NUMBERS.sub(lambda found: "#" * len(found[0]), seen) == snapshot(name=name)
        terminal.type(end)
        terminal.wait_for(lambda: terminal.text == plain)
