"""How far an import is, on the terminal of whoever waits for it."""

from __future__ import annotations

import os
import select
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from migrate_tmux.progress import Progress
from tests.migrate_tmux.homes import Home
from tests.programs import tmux_3_3a
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS

PANES = 6


class Screen:
    """A terminal that a stream writes to."""

    def __init__(self) -> None:
        self._master, slave = os.openpty()
        self.stream: TextIO = os.fdopen(slave, "w")

    def written(self, seconds: float) -> str:
        """What comes next, within so many seconds."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        return os.read(self._master, 4096).decode() if ready else ""

    def close(self) -> None:
        self.stream.close()
        os.close(self._master)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    monkeypatch.setenv("TERM", "xterm")
    one = Screen()
    yield one
    one.close()


def test_what_takes_long_is_told_in_one_line_that_goes_away(screen: Screen) -> None:
    with Progress(screen.stream) as progress:
        progress.tell("pane 1 of 9")
        assert screen.written(DEADLINE_SECONDS) == "\r\x1b[Kpane 1 of 9"
        progress.tell("\x1b[31m" + "x" * 500)
        assert len(screen.written(DEADLINE_SECONDS)) < 100
    assert screen.written(DEADLINE_SECONDS) == "\r\x1b[K"


def test_what_is_quick_says_nothing_and_neither_does_a_dumb_terminal(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Progress(screen.stream) as progress:
        progress.tell("pane 1 of 9")
    monkeypatch.setenv("TERM", "dumb")
    with Progress(screen.stream) as progress:
        progress.tell("pane 2 of 9")
        assert screen.written(1) == ""


def test_a_takeover_tells_how_far_it_is() -> None:
    tmux_3_3a()
    with tempfile.TemporaryDirectory(prefix="mig", ignore_cleanup_errors=True) as place:
        home = Home(Path(place) / "h")
        home.tmux("new-session", "-d", "-s", "work", "-x", "100", "-y", "50", "cat")
        for _ in range(PANES):
            home.tmux("new-window", "-d", "-t", "work", "cat")
        command = (sys.executable, "-m", "aimux", "import-tmux", "--live", "-L", "old")
        terminal = Terminal(command, home.environment, columns=100, rows=30)
        try:
            terminal.wait_for(b"\r\x1b[Ksession 1 of 1, making work: window ")
            assert terminal.wait_for_end() == 0
            assert f"work: {PANES + 1} windows, {PANES + 1} panes" in terminal.text
            assert "making" not in terminal.text
        finally:
            terminal.close()
            home.run("kill-server")
            home.tmux("kill-server")
