"""Control sequences (ECMA-48 8.3; xterm ctlseqs) as a table of functions on a terminal.

A function gets the numbers between CSI and the final byte; an absent one is -1, and so is every
number after the last. Mode sequences are in `mode_sequences`, questions in `reports`.
"""

from collections.abc import Callable, Sequence
from typing import Final

from aimux.vt.attributes import PROTECTED, TABLE
from aimux.vt.terminal import SavedCursor, Terminal

Parameters = Sequence[int]
Handler = Callable[[Terminal, Parameters], None]
_NO_CURSOR: Final = SavedCursor()


def _count(parameters: Parameters) -> int:
    """The first parameter as a repeat count: absent and 0 are 1."""
    return max(parameters[0], 1)


def cursor_up(terminal: Terminal, parameters: Parameters) -> None:
    """CUU: stops at the region's top if it starts below it."""
    limit = terminal.top if terminal.y >= terminal.top else 0
    terminal.y = max(limit, terminal.y - _count(parameters))
    terminal.leave_pending_wrap()


def cursor_down(terminal: Terminal, parameters: Parameters) -> None:
    """CUD: stops at the region's bottom if it starts above it."""
    limit = terminal.bottom if terminal.y <= terminal.bottom else terminal.lines - 1
    terminal.y = min(limit, terminal.y + _count(parameters))
    terminal.leave_pending_wrap()


def cursor_forward(terminal: Terminal, parameters: Parameters) -> None:
    """CUF."""
    if terminal.margined:
        terminal.step(_count(parameters))
        return
    terminal.x = min(terminal.columns - 1, terminal.x + _count(parameters))


def cursor_back(terminal: Terminal, parameters: Parameters) -> None:
    """CUB: counts from beyond the last column while a wrap is pending (as in tmux)."""
    if terminal.margined:
        terminal.step(-_count(parameters))
        return
    terminal.x = max(0, terminal.x - _count(parameters))


def cursor_next_line(terminal: Terminal, parameters: Parameters) -> None:
    """CNL."""
    cursor_down(terminal, parameters)
    terminal.x = terminal.line_start() if terminal.margined else 0


def cursor_previous_line(terminal: Terminal, parameters: Parameters) -> None:
    """CPL."""
    cursor_up(terminal, parameters)
    terminal.x = terminal.line_start() if terminal.margined else 0


def cursor_column(terminal: Terminal, parameters: Parameters) -> None:
    """CHA and HPA."""
    if terminal.margined:
        y = terminal.y
        terminal.move_to(row=0, column=_count(parameters) - 1)
        terminal.y = y
        return
    terminal.x = min(_count(parameters), terminal.columns) - 1


def cursor_row(terminal: Terminal, parameters: Parameters) -> None:
    """VPA; a pending wrap stays pending (as in tmux)."""
    x = terminal.x
    terminal.move_to(row=_count(parameters) - 1, column=0)
    terminal.x = x


def cursor_position(terminal: Terminal, parameters: Parameters) -> None:
    """CUP and HVP."""
    row = parameters[0] - 1
    column = parameters[1] - 1
    if terminal.modes.origin or terminal.margined:
        terminal.move_to(row=max(row, 0), column=max(column, 0))
        return
    # Spelt out: this is the most frequent sequence of full-screen programs.
    lines = terminal.lines
    columns = terminal.columns
    terminal.y = 0 if row < 0 else row if row < lines else lines - 1
    terminal.x = 0 if column < 0 else column if column < columns else columns - 1


def tab_forward(terminal: Terminal, parameters: Parameters) -> None:
    """CHT and HT: to a later tab stop, or the last column."""
    last = terminal.last_tab if terminal.margined else terminal.columns - 1
    if terminal.x < last:
        stops = sorted(stop for stop in terminal.tab_stops if terminal.x < stop < last)
        count = _count(parameters)
        terminal.x = stops[count - 1] if count <= len(stops) else last


def tab_back(terminal: Terminal, parameters: Parameters) -> None:
    """CBT: to an earlier tab stop, or the first column."""
    x = min(terminal.x, terminal.columns - 1)
    first = terminal.left if terminal.modes.origin else 0
    stops = sorted((stop for stop in terminal.tab_stops if first < stop < x), reverse=True)
    count = _count(parameters)
    terminal.x = stops[count - 1] if count <= len(stops) else min(first, x)
    terminal.stay()


def clear_tab_stops(terminal: Terminal, parameters: Parameters) -> None:
    """TBC: 0 the one under the cursor, 3 all."""
    if parameters[0] <= 0:
        terminal.tab_stops.discard(terminal.x)
    elif parameters[0] == 3:
        terminal.tab_stops.clear()


def erase_in_line(terminal: Terminal, parameters: Parameters) -> None:
    """EL: nothing right of a pending wrap (as in tmux)."""
    how = parameters[0]
    if how <= 0:
        if terminal.x < terminal.columns:
            terminal.erase(terminal.x, terminal.columns)
    elif how == 1:
        terminal.erase(0, terminal.x + 1)
    elif how == 2:
        terminal.clear_rows(terminal.y, terminal.y + 1)


def erase_in_display(terminal: Terminal, parameters: Parameters) -> None:
    """ED; what 2, and 0 at the top left corner, clear goes to the history (as in tmux)."""
    how = parameters[0]
    whole = how == 2 or (how <= 0 and terminal.x == terminal.y == 0 and not terminal.alternate)
    if whole and terminal.rules.keeps_cleared():
        terminal.scroll_into_history()
    elif how == 2:
        terminal.clear_rows(0, terminal.lines)
    elif how <= 0:
        erase_in_line(terminal, (0,))
        terminal.clear_rows(terminal.y + 1, terminal.lines)
    elif how == 1:
        terminal.clear_rows(0, terminal.y)
        terminal.erase(0, terminal.x + 1)
    elif how == 3:
        terminal.clear_history()


def _extent(how: int, position: int, length: int) -> tuple[int, int]:
    """The part of `length` that an erase means: from the position, up to it, or all."""
    if how <= 0:
        return position, length
    return (0, min(position + 1, length)) if how == 1 else (0, length)


def selective_erase_in_line(terminal: Terminal, parameters: Parameters) -> None:
    """DECSEL: as EL, but cells that DECSCA protects stay."""
    if parameters[0] <= 2:
        start, stop = _extent(parameters[0], terminal.x, terminal.columns)
        terminal.erase_unprotected(terminal.y, start, stop)


def selective_erase_in_display(terminal: Terminal, parameters: Parameters) -> None:
    """DECSED: as ED, but cells that DECSCA protects stay, and nothing goes to the history."""
    if parameters[0] > 2:
        return
    first, last = _extent(parameters[0], terminal.y, terminal.lines)
    for y in range(first, last):
        if y == terminal.y:
            selective_erase_in_line(terminal, parameters)
        else:
            terminal.erase_unprotected(y, 0, terminal.columns)


def select_protection(terminal: Terminal, parameters: Parameters) -> None:
    """DECSCA: 1 protects what is drawn from now on, 0 and 2 do not."""
    attributes = TABLE[terminal.attribute]
    flags = attributes.flags & ~PROTECTED
    if parameters[0] == 1:
        flags |= PROTECTED
    terminal.attribute = TABLE.intern(attributes._replace(flags=flags))


def erase_characters(terminal: Terminal, parameters: Parameters) -> None:
    """ECH."""
    if terminal.x < terminal.columns:
        terminal.erase(terminal.x, terminal.x + _count(parameters))


def insert_characters(terminal: Terminal, parameters: Parameters) -> None:
    """ICH."""
    terminal.insert_cells(_count(parameters))


def delete_characters(terminal: Terminal, parameters: Parameters) -> None:
    """DCH."""
    terminal.delete_cells(_count(parameters))


def insert_lines(terminal: Terminal, parameters: Parameters) -> None:
    """IL."""
    terminal.insert_lines(_count(parameters))


def delete_lines(terminal: Terminal, parameters: Parameters) -> None:
    """DL."""
    terminal.delete_lines(_count(parameters))


def scroll_up(terminal: Terminal, parameters: Parameters) -> None:
    """SU."""
    terminal.scroll_up(_count(parameters))


def scroll_down(terminal: Terminal, parameters: Parameters) -> None:
    """SD; with more parameters it is xterm's highlight tracking, which is not done."""
    if parameters[1] < 0:
        terminal.scroll_down(_count(parameters))


def set_scroll_region(terminal: Terminal, parameters: Parameters) -> None:
    """DECSTBM: at least two rows; the cursor goes to the screen's corner (as in tmux)."""
    top = max(parameters[0], 1) - 1
    bottom = (parameters[1] if parameters[1] > 0 else terminal.lines) - 1
    bottom = min(bottom, terminal.lines - 1)
    if top < bottom:
        terminal.top = top
        terminal.bottom = bottom
        terminal.x = 0
        terminal.y = 0
        terminal.stay()


def set_left_right_margins(terminal: Terminal, parameters: Parameters) -> None:
    """DECSLRM while DECLRMM is set: the cursor goes to the corner; otherwise SCOSC."""
    if not terminal.margin_mode:
        save_cursor(terminal, parameters)
        return
    left = max(parameters[0], 1) - 1
    right = parameters[1] if parameters[1] > 0 else terminal.columns
    if left + 1 < min(right, terminal.columns):
        terminal.set_margins(left, right)
        terminal.home()


def repeat(terminal: Terminal, parameters: Parameters) -> None:
    """REP: the character right before it again, as far as the row's end (as in tmux).

    After a control it does nothing: ECMA-48 8.3.103 leaves that open, tmux and xterm agree.
    """
    count = min(_count(parameters), terminal.room())
    if terminal.last_text and count > 0:
        terminal.draw(terminal.last_text[-1] * count)


def save_cursor(terminal: Terminal, _parameters: Parameters) -> None:
    """SCOSC, DECSC: there is one saved cursor, not a stack."""
    terminal.saved_cursor = terminal.save_cursor()


def restore_cursor(terminal: Terminal, _parameters: Parameters) -> None:
    """SCORC, DECRC: to the corner in default attributes if none was saved."""
    saved = terminal.saved_cursor
    terminal.restore_cursor(saved if saved is not None else _NO_CURSOR)


def soft_reset(terminal: Terminal, _parameters: Parameters) -> None:
    """DECSTR."""
    terminal.soft_reset()


def set_cursor_shape(terminal: Terminal, parameters: Parameters) -> None:
    """DECSCUSR: 0 default, 1 and 2 block, 3 and 4 underline, 5 and 6 bar; odd ones blink."""
    if parameters[0] <= 6:
        terminal.cursor_shape = max(parameters[0], 0)


CSI_TABLE: Final[dict[str, Handler]] = {
    "@": insert_characters,
    "A": cursor_up,
    "B": cursor_down,
    "C": cursor_forward,
    "D": cursor_back,
    "E": cursor_next_line,
    "F": cursor_previous_line,
    "G": cursor_column,
    "H": cursor_position,
    "I": tab_forward,
    "J": erase_in_display,
    "K": erase_in_line,
    "L": insert_lines,
    "M": delete_lines,
    "P": delete_characters,
    "S": scroll_up,
    "T": scroll_down,
    "X": erase_characters,
    "Z": tab_back,
    "`": cursor_column,
    "a": cursor_forward,
    "b": repeat,
    "d": cursor_row,
    "e": cursor_down,
    "f": cursor_position,
    "g": clear_tab_stops,
    "r": set_scroll_region,
    "s": set_left_right_margins,
    "u": restore_cursor,
    " q": set_cursor_shape,
    "!p": soft_reset,
    '"q': select_protection,
    "?J": selective_erase_in_display,
    "?K": selective_erase_in_line,
}
"""Private marker, intermediates and final byte, to what they do."""
