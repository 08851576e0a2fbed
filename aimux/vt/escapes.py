"""C0 controls and two-character escape sequences (ECMA-48 8.3; DEC STD 070) as tables."""

from typing import Final

from aimux.vt.charsets import ASCII, TRANSLATIONS
from aimux.vt.csi import Handler, Parameters, restore_cursor, save_cursor, tab_forward
from aimux.vt.events import Bell
from aimux.vt.row import Row
from aimux.vt.terminal import Terminal


def nothing(_terminal: Terminal, _parameters: Parameters) -> None:
    """What is swallowed."""


def carriage_return_line_feed(terminal: Terminal, _parameters: Parameters) -> None:
    """CR LF, the most frequent control of all."""
    terminal.x = terminal.line_start() if terminal.margined else 0
    terminal.index()


def carriage_return(terminal: Terminal, _parameters: Parameters) -> None:
    """CR: to the left margin, if the cursor is not left of it."""
    terminal.x = terminal.line_start() if terminal.margined else 0


def line_feed(terminal: Terminal, _parameters: Parameters) -> None:
    """LF, VT and FF; with LNM also CR."""
    if terminal.modes.newline:
        terminal.x = terminal.line_start() if terminal.margined else 0
    terminal.index()


def backspace(terminal: Terminal, _parameters: Parameters) -> None:
    """BS: from the first column to the end of the row that wrapped into this one (as in tmux)."""
    if terminal.margined:
        terminal.step(-1)
    elif terminal.x:
        terminal.x -= 1
    elif terminal.y and terminal.rows[terminal.y - 1].wrapped:
        terminal.y -= 1
        terminal.x = terminal.columns - 1


def tab(terminal: Terminal, _parameters: Parameters) -> None:
    """HT."""
    tab_forward(terminal, (1,))


def bell(terminal: Terminal, _parameters: Parameters) -> None:
    """BEL."""
    terminal.emit(Bell())


def _shift(number: int) -> Handler:
    def shift(terminal: Terminal, _parameters: Parameters) -> None:
        terminal.shift = number
        terminal.update_special()

    return shift


def index(terminal: Terminal, _parameters: Parameters) -> None:
    """IND."""
    terminal.index()


def next_line(terminal: Terminal, _parameters: Parameters) -> None:
    """NEL."""
    terminal.x = terminal.line_start() if terminal.margined else 0
    terminal.index()


def reverse_index(terminal: Terminal, _parameters: Parameters) -> None:
    """RI."""
    terminal.reverse_index()


def set_tab_stop(terminal: Terminal, _parameters: Parameters) -> None:
    """HTS."""
    terminal.tab_stops.add(min(terminal.x, terminal.columns - 1))


def hard_reset(terminal: Terminal, _parameters: Parameters) -> None:
    """RIS."""
    terminal.hard_reset()


def _keypad(*, application: bool) -> Handler:
    def set_keypad(terminal: Terminal, _parameters: Parameters) -> None:
        terminal.modes.change("application_keypad", application)

    return set_keypad


def _designate(number: int, designator: str) -> Handler:
    def designate(terminal: Terminal, _parameters: Parameters) -> None:
        terminal.charsets[number] = designator
        terminal.update_special()

    return designate


def alignment_test(terminal: Terminal, _parameters: Parameters) -> None:
    """DECALN: a screen of E; region and cursor as at the start."""
    for y in range(terminal.lines):
        row = Row(terminal.version, "E" * terminal.columns)
        row.wrapped = terminal.rows[y].wrapped
        terminal.rows[y] = row
    terminal.top = 0
    terminal.bottom = terminal.lines - 1
    terminal.reset_margins()
    terminal.x = 0
    terminal.y = 0


C0_TABLE: Final[dict[str, Handler]] = {
    "": nothing,
    "\x07": bell,
    "\x08": backspace,
    "\x09": tab,
    "\x0a": line_feed,
    "\x0b": line_feed,
    "\x0c": line_feed,
    "\x0d": carriage_return,
    "\x0d\x0a": carriage_return_line_feed,
    "\x0e": _shift(1),
    "\x0f": _shift(0),
}
"""A control character, or CR LF, to what it does."""

ESCAPE_TABLE: Final[dict[str, Handler]] = {
    "#8": alignment_test,
    "7": save_cursor,
    "8": restore_cursor,
    "=": _keypad(application=True),
    ">": _keypad(application=False),
    "D": index,
    "E": next_line,
    "H": set_tab_stop,
    "M": reverse_index,
    "c": hard_reset,
    **{
        intermediate + designator: _designate(number, designator)
        for number, intermediate in enumerate("()")
        for designator in (ASCII, *TRANSLATIONS)
    },
}
"""What follows ESC, to what it does."""
