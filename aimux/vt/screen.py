"""pyte's `Screen` as a thin face over `Engine`: for code that was written for pyte.

Cells are read and written through, not copied; what is written to the cursor or the tab stops
counts from the next call on. Cursor, mode, margins, title and dirty rows are brought up to date
after each call. Where pyte and a standard differ, the engine follows the standard.
"""

from collections.abc import Callable
from typing import Any, Final

from pyte import charsets
from pyte import modes as pyte_modes
from pyte.screens import Char, Cursor, Margins
from pyte.screens import Screen as PyteScreen
from typing_extensions import override

from aimux.vt.engine import Engine
from aimux.vt.modes import Modes
from aimux.vt.pyte_cells import BLANK, Buffer, char_of, identity_of
from aimux.vt.render import row_text
from aimux.vt.row import Row

# pyte's number of a mode to the field of `Modes` that holds it.
_MODES: Final = {
    pyte_modes.IRM: "insert",
    pyte_modes.LNM: "newline",
    pyte_modes.DECTCEM: "cursor_visible",
    pyte_modes.DECAWM: "wrap",
    pyte_modes.DECOM: "origin",
    pyte_modes.DECSCNM: "reverse_screen",
}


def _mode_numbers(modes: Modes) -> set[int]:
    return {number for number, name in _MODES.items() if getattr(modes, name)}


class Screen(PyteScreen):
    """pyte's screen: `display`, `buffer`, `cursor`, `dirty`, `mode`, `margins`, `title`, `resize`.

    Args:
        columns: The width, at least 1.
        lines: The height, at least 1.
        history: Rows kept above the screen, in `engine.history`.

    Attributes:
        engine: What does the work; it may be fed directly, then call `refresh`.
    """

    def __init__(self, columns: int, lines: int, history: int = 2000) -> None:
        self.engine = Engine(columns, lines, history_limit=history)
        self.engine.on_reply = self._write_reply
        self._shown: list[tuple[Row, int]] = []
        self.savepoints = []
        self.saved_columns = None
        self.buffer = Buffer(self.engine)
        self.dirty: set[int] = set()
        self.refresh()

    def _write_reply(self, data: bytes) -> None:
        self.write_process_input(data.decode("ascii"))

    def feed(self, data: bytes) -> None:
        """Act on bytes that a program wrote; never raises."""
        self._adopt()
        self.engine.feed(data)
        self.refresh()

    def _adopt(self) -> None:
        """Take over what a user of pyte's interface wrote to `cursor` and `tabstops`."""
        engine, cursor = self.engine, self.cursor
        x, y, pen = self._told
        if (cursor.x, cursor.y) != (x, y):
            engine.x = min(max(cursor.x, 0), engine.columns)
            engine.y = min(max(cursor.y, 0), engine.lines - 1)
            engine.stay()
        if cursor.attrs is not pen:
            engine.attribute = identity_of(cursor.attrs)
        if self.tabstops is not engine.tab_stops:
            engine.tab_stops = {stop for stop in self.tabstops if 0 <= stop < engine.columns}

    def _send(self, text: str) -> None:
        self.feed(text.encode("utf-8", "replace"))

    def refresh(self) -> None:
        """Bring the attributes up to date with the engine, and add what changed to `dirty`."""
        engine = self.engine
        self.columns, self.lines = engine.columns, engine.lines
        self.title, self.icon_name = engine.title, engine.icon_name
        self.charset = engine.shift
        self.g0_charset, self.g1_charset = (
            charsets.MAPS.get(designator, charsets.LAT1_MAP) for designator in engine.charsets
        )
        self.tabstops = engine.tab_stops
        self.mode = _mode_numbers(engine.modes)
        whole = engine.top == 0 and engine.bottom == engine.lines - 1
        self.margins = None if whole else Margins(engine.top, engine.bottom)
        self._told = (engine.x, engine.y, char_of(" ", engine.attribute))
        self.cursor = Cursor(*self._told)
        self.cursor.hidden = not engine.cursor_visible
        self._note_damage()

    def _note_damage(self) -> None:
        before = self._shown
        self._shown = [(row, row.version) for row in self.engine.rows]
        for y, (row, version) in enumerate(self._shown):
            if y >= len(before) or before[y][0] is not row or before[y][1] != version:
                self.dirty.add(y)

    @property
    @override
    def default_char(self) -> Char:
        return BLANK._replace(reverse=self.engine.modes.reverse_screen)

    @property
    @override
    def display(self) -> list[str]:
        return [_padded(row, self.columns) for row in self.engine.rows]

    @override
    def reset(self) -> None:
        self.engine.reset()
        self.refresh()

    @override
    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        size = (lines or self.lines, columns or self.columns)
        if size == (self.lines, self.columns):
            return
        self._adopt()
        self.engine.resize(rows=size[0], columns=size[1])
        self.refresh()
        self.dirty = set(range(self.lines))

    @override
    def draw(self, data: str) -> None:
        self._send(data)

    @override
    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        self._send(f"\x1b[{top or ''};{bottom or ''}r")

    @override
    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        self._switch(modes, "h", private=bool(kwargs.get("private")))

    @override
    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        self._switch(modes, "l", private=bool(kwargs.get("private")))

    def _switch(self, modes: tuple[int, ...], final: str, *, private: bool) -> None:
        for mode in modes:
            # pyte's constants for private modes are shifted by five bits.
            shifted = mode >= 32 and mode % 32 == 0 and not private
            number = mode >> 5 if shifted else mode
            self._send(f"\x1b[{'?' if private or shifted else ''}{number}{final}")

    @override
    def define_charset(self, code: str, mode: str) -> None:
        if mode in "()":
            self._send(f"\x1b{mode}{code}")

    @override
    def set_title(self, param: str) -> None:
        self._send(f"\x1b]2;{param}\x1b\\")

    @override
    def set_icon_name(self, param: str) -> None:
        self._send(f"\x1b]1;{param}\x1b\\")

    @override
    def cursor_position(self, line: int | None = None, column: int | None = None) -> None:
        self._send(f"\x1b[{line or 1};{column or 1}H")

    @override
    def select_graphic_rendition(self, *attrs: int) -> None:
        self._send(f"\x1b[{';'.join(map(str, attrs))}m")

    @override
    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        self._send(f"\x1b[{'?' if private else ''}{how}K")

    @override
    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        self._send(f"\x1b[{'?' if kwargs.get('private') else ''}{how}J")

    @override
    def report_device_attributes(self, mode: int = 0, **kwargs: bool) -> None:
        self._send(f"\x1b[{'?' if kwargs.get('private') else ''}{mode}c")

    @override
    def report_device_status(self, mode: int) -> None:
        self._send(f"\x1b[{mode}n")

    @override
    def clear_tab_stop(self, how: int = 0) -> None:
        self._send(f"\x1b[{how}g")

    @override
    def ensure_hbounds(self) -> None:
        self.engine.leave_pending_wrap()
        self.refresh()

    @override
    def ensure_vbounds(self, use_margins: bool | None = None) -> None:
        """The engine's cursor never leaves the screen."""


def _padded(row: Row, columns: int) -> str:
    return row_text(row) + " " * (columns - len(row.text))


def _plain(control: str) -> Callable[[Screen], None]:
    def method(self: Screen) -> None:
        self._send(control)

    return method


def _counted(final: str) -> Callable[..., None]:
    def method(self: Screen, count: int | None = None) -> None:
        self._send(f"\x1b[{1 if count is None else count}{final}")

    return method


# pyte's methods that are one control and nothing more.
_PLAIN: Final = {
    "alignment_display": "\x1b#8",
    "backspace": "\x08",
    "bell": "\x07",
    "carriage_return": "\r",
    "index": "\x1bD",
    "linefeed": "\n",
    "restore_cursor": "\x1b8",
    "reverse_index": "\x1bM",
    "save_cursor": "\x1b7",
    "set_tab_stop": "\x1bH",
    "shift_in": "\x0f",
    "shift_out": "\x0e",
    "tab": "\t",
}
_COUNTED: Final = {
    "cursor_back": "D",
    "cursor_down": "B",
    "cursor_down1": "E",
    "cursor_forward": "C",
    "cursor_to_column": "G",
    "cursor_to_line": "d",
    "cursor_up": "A",
    "cursor_up1": "F",
    "delete_characters": "P",
    "delete_lines": "M",
    "erase_characters": "X",
    "insert_characters": "@",
    "insert_lines": "L",
}
for _name, _control in _PLAIN.items():
    setattr(Screen, _name, _plain(_control))
for _name, _final in _COUNTED.items():
    setattr(Screen, _name, _counted(_final))
