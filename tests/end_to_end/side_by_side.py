"""aimux and tmux 3.3a side by side: the same commands, keys and clicks, and the same screens."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from pyte.screens import Char

from tests.end_to_end.world import World
from tests.programs import tmux_3_3a
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, wait_until

Cell = tuple[str, ...]
QUIET_SECONDS = 0.05
SETTINGS = (
    ("set", "-g", "status-left", ""),
    ("set", "-g", "status-right", ""),
    ("set", "-g", "automatic-rename", "off"),
    ("set", "-g", "allow-rename", "off"),
    ("set", "-g", "mouse", "on"),
)


class Pair:
    """One session in both programs, each shown on a terminal of the same size.

    Attributes:
        ours: The terminal that aimux draws on.
        theirs: The terminal that tmux draws on.
    """

    def __init__(
        self, world: World, command: str = "cat", *, columns: int = 90, rows: int = 30
    ) -> None:
        self.world = world
        self.columns, self.rows = columns, rows
        self._tmux = (tmux_3_3a(), "-S", str(world.directory / "tmux"), "-f", os.devnull)
        size = ("-x", str(columns), "-y", str(rows))
        self.do("new", "-d", "-s", "work", "-n", "one", *size, command)
        for words in SETTINGS:
            self.do(*words)
        world.do("set", "-g", "sidebar", "off")
        sizes = {"columns": columns, "rows": rows}
        self.ours = world.terminal("attach", "-t", "work", **sizes)
        self.theirs = world.terminal_of(*self._tmux, "attach", "-t", "work", **sizes)

    def tmux(self, *words: str) -> str:
        """What a command of tmux printed; it has to succeed."""
        done = subprocess.run(
            (*self._tmux, *words),
            env=self.world.environment,
            cwd=self.world.directory,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return done.stdout

    def do(self, *words: str) -> None:
        """Run a command in both."""
        self.world.do(*words)
        self.tmux(*words)

    def asked(self, template: str) -> tuple[str, str]:
        """What a format gives in aimux and in tmux."""
        return self.both("display-message", "-p", template)

    def both(self, *words: str) -> tuple[str, str]:
        """What a command prints in aimux and in tmux."""
        return self.world.do(*words), self.tmux(*words)

    # ---- the person ----

    def attached(self) -> None:
        """Wait until both are shown and hear keys."""
        self.ours.wait_for(b"\x1b[?2004h")
        self.same()

    def type(self, *keys: bytes) -> None:
        """Type in both terminals, and wait after each key until they show the same."""
        for key in keys:
            for terminal in (self.ours, self.theirs):
                terminal.type(key)
            self.same()

    def press_mouse(self, *, row: int, column: int, button: int = 0, release: bool = False) -> None:
        """Report the mouse in both."""
        for terminal in (self.ours, self.theirs):
            terminal.press_mouse(row=row, column=column, button=button, release=release)

    def click(self, *, row: int, column: int) -> None:
        """Press and let go of the left button in both."""
        for terminal in (self.ours, self.theirs):
            terminal.click(row=row, column=column)

    # ---- what is seen ----

    def same(self, *texts: str) -> None:
        """Wait until both terminals show the same, and these texts among it."""
        wait_until(
            lambda: self._agree(texts),
            step=lambda: None,
            state=lambda: f"{texts}\n{self._differences()}",
        )

    def answer(self, key: bytes, label: str, text: bytes) -> None:
        """Press a key that opens a prompt in both, and answer it (tmux draws another cursor)."""
        for terminal in (self.ours, self.theirs):
            terminal.type(key)
            terminal.wait_for(label)
            terminal.type(text)
        self.same()

    def _agree(self, texts: Sequence[str]) -> bool:
        """Whether both have nothing more to draw now and show the same."""
        if self._read() or any(text not in self.ours.text for text in texts):
            return False
        return cells_of(self.ours) == cells_of(self.theirs)

    def _read(self) -> bool:
        """Read what comes soon; whether something did."""
        return self.ours.read(QUIET_SECONDS) | self.theirs.read(QUIET_SECONDS)

    def _differences(self) -> str:
        ours, theirs = cells_of(self.ours), cells_of(self.theirs)
        rows = [row for row in range(self.rows) if ours[row] != theirs[row]]
        lines = [
            f"{row:3} ours   {self.ours.rows[row]}\n    theirs {self.theirs.rows[row]}\n"
            f"    {_first_difference(ours[row], theirs[row])}"
            for row in rows
        ]
        return "\n".join(lines) or f"the same\n{self.ours.text}"


def cells_of(terminal: Terminal) -> list[list[Cell]]:
    """What a person sees of each cell."""
    screen = terminal.view.screen
    return [
        [_seen(screen.buffer[row][column]) for column in range(screen.columns)]
        for row in range(screen.lines)
    ]


def _seen(cell: Char) -> Cell:
    """What colour a cell's character has: that of a blank is seen only where it is reversed."""
    ink = f"{cell.fg} {cell.bold}" if cell.data.strip() or cell.reverse else ""
    return cell.data, cell.bg, str(cell.reverse), ink


def _first_difference(ours: list[Cell], theirs: list[Cell]) -> str:
    pairs = enumerate(zip(ours, theirs, strict=True))
    return next((f"column {n}: {one} {other}" for n, (one, other) in pairs if one != other), "")
