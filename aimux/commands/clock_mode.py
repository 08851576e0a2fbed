"""clock-mode: a clock of large digits over a pane; any key ends it (tmux(1), `clock-mode`)."""

from __future__ import annotations

import time

from typing_extensions import override

from aimux.commands.choose_canvas import Canvas
from aimux.commands.command import Aim, Call, Command
from aimux.commands.key_mode import KeyMode, Stroke
from aimux.commands.mode_stack import cover, leave, raise_mode
from aimux.model.pane import Pane
from aimux.styles.colour import parse_colour
from aimux.styles.style import Style

# Each character is five rows of five cells, with a cell between it and the next.
DIGITS = {
    "0": ("#####", "#   #", "#   #", "#   #", "#####"),
    "1": ("    #", "    #", "    #", "    #", "    #"),
    "2": ("#####", "    #", "#####", "#    ", "#####"),
    "3": ("#####", "    #", "#####", "    #", "#####"),
    "4": ("#   #", "#   #", "#####", "    #", "    #"),
    "5": ("#####", "#    ", "#####", "    #", "#####"),
    "6": ("#####", "#    ", "#####", "#   #", "#####"),
    "7": ("#####", "    #", "    #", "    #", "    #"),
    "8": ("#####", "#   #", "#####", "#   #", "#####"),
    "9": ("#####", "#   #", "#####", "    #", "#####"),
    ":": ("     ", "  #  ", "     ", "  #  ", "     "),
    "A": ("#####", "#   #", "#####", "#   #", "#   #"),
    "P": ("#####", "#   #", "#####", "#    ", "#    "),
    "M": ("#   #", "## ##", "# # #", "#   #", "#   #"),
}
CHARACTER_COLUMNS, CHARACTER_ROWS = 6, 6
MINUTE_SECONDS = 60


class ClockMode(KeyMode):
    """A clock over a pane.

    It is drawn anew when a minute begins; one that has been closed asks for nothing more.
    """

    name = "clock-mode"

    def __init__(self, call: Call, pane: Pane) -> None:
        self._call = call
        self._pane = pane
        self._open = True
        self._version = 0

    def open(self) -> None:
        """Cover the pane."""
        cover(self._pane, self)
        self._wait()

    def _wait(self) -> None:
        effects = self._call.effects
        effects.after(MINUTE_SECONDS - effects.now() % MINUTE_SECONDS, self._tick)

    def _tick(self) -> None:
        if self._open and self._pane.id in self._call.state.panes:
            self._version += 1
            self._wait()

    @override
    def key(self, stroke: Stroke) -> None:
        """Any key ends it."""
        leave(self._pane)

    @override
    def closed(self) -> None:
        """Wake up no more."""
        self._open = False

    @override
    def refresh(self) -> None:
        """Only time changes it, and the options that are read when it is drawn."""

    @property
    @override
    def version(self) -> int:
        """Changes with each minute."""
        return self._version

    @override
    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""
        canvas = Canvas(columns=columns, rows=rows)
        options = self._pane.options
        colour = parse_colour(options.text("clock-mode-colour"))
        text = clock_text(self._call.effects.now(), twelve=options.text("clock-mode-style") == "12")
        if columns < CHARACTER_COLUMNS * len(text) or rows < CHARACTER_ROWS:
            if columns >= len(text):
                column = columns // 2 - len(text) // 2
                canvas.plain(rows // 2, column, text, Style(fg=colour))
        else:
            _draw_large(canvas, text, Style(bg=colour))
        return canvas.text_rows(depth=depth)


def clock_text(now: float, *, twelve: bool) -> str:
    """The local time, as `15:04` or as ` 3:04 PM`.

    Args:
        now: Wall-clock seconds since the epoch.
        twelve: Whether hours are counted from 1 to 12 (`clock-mode-style 12`).
    """
    local = time.localtime(now)
    if not twelve:
        return time.strftime("%H:%M", local)
    half = "PM" if local.tm_hour >= 12 else "AM"
    return f"{(local.tm_hour + 11) % 12 + 1:2}:{local.tm_min:02} {half}"


def _draw_large(canvas: Canvas, text: str, style: Style) -> None:
    column = canvas.columns // 2 - CHARACTER_COLUMNS // 2 * len(text)
    row = canvas.rows // 2 - CHARACTER_ROWS // 2
    for character in text:
        for below, cells in enumerate(DIGITS.get(character, ())):
            for beside, cell in enumerate(cells):
                if cell == "#":
                    canvas.plain(row + below, column + beside, " ", style)
        column += CHARACTER_COLUMNS


def clock_mode(call: Call) -> None:
    """clock-mode [-t target-pane]."""
    pane = call.the_pane()
    if not raise_mode(pane, ClockMode.name):
        ClockMode(call, pane).open()


COMMANDS = (
    Command(
        name="clock-mode",
        alias=None,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-pane]",
        target=Aim.PANE,
        run=clock_mode,
    ),
)
