"""Moving by pages, paragraphs, brackets, words and characters; see `state` for rows and lines."""

from __future__ import annotations

from aimux.copymode.line_numbers import counts_from_top
from aimux.copymode.reader import Reader
from aimux.copymode.selection import LineSide, Place
from aimux.copymode.state import CopyState

OPENING = "{[("
CLOSING = "}])"


def page_up(state: CopyState, *, half: bool = False) -> None:
    """Up by the screen's height less two rows, or by half of it."""
    rows = _page(state, half=half)
    _keep_column(state)
    if state.scrolled + rows > state.grid.above:
        state.scrolled = state.grid.above
        state.row = max(0, state.row - rows)
    else:
        state.scrolled += rows
    _end_page(state)


def page_down(state: CopyState, *, half: bool = False) -> bool:
    """Down by the screen's height less two rows, or by half of it; True if at the bottom then."""
    rows = _page(state, half=half)
    _keep_column(state)
    if state.scrolled < rows:
        state.scrolled = 0
        state.row = min(state.row + rows, state.grid.lines - 1)
    else:
        state.scrolled -= rows
    _end_page(state)
    return state.scrolled == 0


def _page(state: CopyState, *, half: bool) -> int:
    lines = state.grid.lines
    if lines <= 2:
        return 1
    return lines // 2 if half else lines - 2


def _keep_column(state: CopyState) -> None:
    state.remember_column()
    state.column = state.last_column


def _end_page(state: CopyState) -> None:
    if not state.in_rectangle:
        length = state.length
        behind = state.column >= state.last_length and state.column != length
        if behind or state.column > length:
            state.end_of_line()
    state.refresh_matches()
    state.update_selection()


def history_top(state: CopyState) -> None:
    """To the first cell of all."""
    if state.line_side is LineSide.DOWN and state.absolute_row == state.start.row:
        state.other_end()
    state.column, state.row, state.scrolled = 0, 0, state.grid.above
    state.refresh_matches()
    state.update_selection()


def history_bottom(state: CopyState) -> None:
    """Behind the last character of the last row."""
    if state.line_side is LineSide.UP and state.absolute_row == state.end.row:
        state.other_end()
    state.row, state.scrolled = state.grid.lines - 1, 0
    state.column = state.length
    state.refresh_matches()
    state.update_selection()


def screen_row(state: CopyState, row: int) -> None:
    """To the start of a row of the screen."""
    state.column, state.row = 0, row
    state.update_selection()


def go_to(state: CopyState, place: Place) -> None:
    """To a place in the grid, with the matches around it."""
    state.scroll_to(place)
    state.refresh_matches()


def go_to_line(state: CopyState, text: str) -> None:
    """Scroll to a number of rows above the bottom; all the way up for a number out of range.

    Where the numbers beside the rows are counted from the top, to the line of that number.
    """
    digits = text.strip().removeprefix("-")
    if not digits.isdecimal() or len(digits) > 10 or int(text) < -1:
        return
    above, number = state.grid.above, int(text)
    if counts_from_top(state):
        number = above - max(0, min(number - 1, above))
    state.scrolled = number if 0 <= number <= above else above
    state.update_selection()


def jump_to_mark(state: CopyState) -> None:
    """To the mark, which is set to where the cursor was."""
    place, state.mark = state.mark, state.place
    state.mark_shown = True
    state.show(Place(place.column, min(place.row, state.grid.last)))
    state.update_selection()


def previous_paragraph(state: CopyState) -> None:
    """To the blank row before the paragraph."""
    row = state.absolute_row
    while row and not state.grid.length(row):
        row -= 1
    while row and state.grid.length(row):
        row -= 1
    go_to(state, Place(0, row))


def next_paragraph(state: CopyState) -> None:
    """To the blank row behind the paragraph."""
    grid, row = state.grid, state.absolute_row
    while row < grid.last and not grid.length(row):
        row += 1
    while row < grid.last and grid.length(row):
        row += 1
    go_to(state, Place(grid.length(row), row))


# ---- characters and words ----


def cursor_left(state: CopyState) -> None:
    """One character back."""
    reader = state.reader()
    reader.left(wrap=True)
    state.move_up_to(reader)


def cursor_right(state: CopyState) -> None:
    """One character on."""
    reader = state.reader()
    reader.right(wrap=True, whole_width=state.in_rectangle)
    state.move_down_to(reader)


def back_to_indentation(state: CopyState) -> None:
    """To the first character of the line that is no blank."""
    reader = state.reader()
    reader.back_to_indentation()
    state.move_up_to(reader)


def next_word(state: CopyState, separators: str) -> None:
    """To the start of the next word."""
    reader = state.reader()
    reader.next_word(separators)
    state.move_down_to(reader)


def jump(state: CopyState, *, reverse: bool = False) -> None:
    """To the next cell with the character of `state.jump`, or beside it."""
    if not state.jump.character:
        return
    if state.jump.forward is not reverse:
        _jump_forward(state, beside=state.jump.beside)
    else:
        _jump_back(state, beside=state.jump.beside)


def _jump_forward(state: CopyState, *, beside: bool) -> None:
    reader = state.reader(state.column + (2 if beside else 1))
    if not reader.jump(state.jump.character):
        return
    if beside:
        reader.left(wrap=True)
    state.move_down_to(reader)


def _jump_back(state: CopyState, *, beside: bool) -> None:
    reader = state.reader()
    for _ in range(2 if beside else 1):
        reader.left(wrap=False)
    if not reader.jump_back(state.jump.character):
        return
    if beside:
        reader.right(wrap=True)
    state.move_up_to(reader)


# ---- brackets ----


def previous_bracket(state: CopyState) -> None:
    """From a closing bracket to the opening one; in emacs mode else to the word before."""
    if not state.length:
        return
    column = _on_bracket(state, CLOSING, (0, -1))
    if column is None:
        if not state.options.vi:
            state.previous_word(CLOSING, already=True)
        return
    found = state.grid.cell(column, state.absolute_row)
    reader = state.reader(column)
    wanted = OPENING[CLOSING.index(found)]
    if _match_back(reader, found, wanted):
        go_to(state, Place(reader.column, reader.row))


def next_bracket(state: CopyState, times: int) -> None:
    """From an opening bracket to the closing one; in vi mode also from the closing one back."""
    step = _next_bracket_vi if state.options.vi else _next_bracket_emacs
    for _ in range(times):
        if not state.length or not step(state, times):
            return


def _next_bracket_emacs(state: CopyState, _: int) -> bool:
    column = _on_bracket(state, OPENING, (0, 1))
    if column is None:
        state.next_word_end(OPENING)
    else:
        _close(state, state.reader(column))
    return True


def _on_bracket(state: CopyState, brackets: str, offsets: tuple[int, ...]) -> int | None:
    """The column of a bracket at the cursor or, in emacs mode, beside it."""
    tried = offsets[:1] if state.options.vi else offsets
    for offset in tried:
        column = state.column + offset
        if column >= 0 and state.grid.cell(column, state.absolute_row) in tuple(brackets):
            return column
    return None


def _next_bracket_vi(state: CopyState, times: int) -> bool:
    """The first bracket from the cursor to the line's end decides; False if it is a closing one."""
    grid, reader = state.grid, state.reader()
    while True:
        character = reader.grid.cell(reader.column, reader.row)
        if character and character in CLOSING:
            _back_from(state, Place(reader.column, reader.row), times)
            return False
        if character and character in OPENING:
            _close(state, reader)
            return True
        if reader.column <= grid.length(reader.row):
            reader.column += 1
        elif reader.row < grid.last and grid.wrapped(reader.row):
            reader.column, reader.row = 0, reader.row + 1
        else:
            return True


def _back_from(state: CopyState, closing: Place, times: int) -> None:
    """To the bracket that a closing one belongs to; stay where that is none."""
    before = state.place
    go_to(state, closing)
    for _ in range(times):
        previous_bracket(state)
    character = state.grid.cell(state.column, state.absolute_row)
    if character and character in CLOSING:
        go_to(state, before)


def _close(state: CopyState, reader: Reader) -> None:
    found = reader.grid.cell(reader.column, reader.row)
    if _match_on(reader, found, CLOSING[OPENING.index(found)]):
        go_to(state, Place(reader.column, reader.row))


def _match_back(reader: Reader, found: str, wanted: str) -> bool:
    """Walk back to the bracket that closes the count; False at the first cell."""
    depth = 1
    while depth:
        if not _step_back(reader):
            return False
        character = reader.grid.cell(reader.column, reader.row)
        depth += (character == found) - (character == wanted)
    return True


def _step_back(reader: Reader) -> bool:
    if reader.column:
        reader.column -= 1
        return True
    while reader.row:
        reader.row -= 1
        length = reader.grid.length(reader.row)
        if length:
            reader.column = length - 1
            return True
    return False


def _match_on(reader: Reader, found: str, wanted: str) -> bool:
    """Walk on to the bracket that closes the count; False at the last cell."""
    grid, depth = reader.grid, 1
    while depth:
        if reader.column <= grid.length(reader.row):
            reader.column += 1
        elif reader.row < grid.last:
            reader.column, reader.row = 0, reader.row + 1
        else:
            return False
        character = grid.cell(reader.column, reader.row)
        depth += (character == found) - (character == wanted)
    return True
