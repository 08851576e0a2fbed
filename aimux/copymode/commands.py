"""The commands of copy mode by their names in `send-keys -X`, as tmux 3.3a has them."""

from __future__ import annotations

from collections.abc import Callable

from aimux.copymode import motions
from aimux.copymode.copying import COPY_COMMANDS
from aimux.copymode.grid import BLANK, Grid
from aimux.copymode.outcome import CANCELLED, DONE, Outcome
from aimux.copymode.request import Clear, CopyCommand, Motion, Request, once, repeated
from aimux.copymode.search_commands import SEARCH_COMMANDS
from aimux.copymode.selection import Follow, LineSide, Place, Unit
from aimux.copymode.state import CopyState, Jump


def cancel(_: Request) -> Outcome:
    """Cancel: end the mode."""
    return CANCELLED


# ---- moving ----


def _moving_down(*, half: bool, always: bool) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        state = request.state
        for _ in range(request.times):
            at_bottom = motions.page_down(state, half=half)
            if at_bottom and (always or state.exit_at_bottom):
                return CANCELLED
        return DONE

    return run


def _scrolling_down(*, always: bool) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        state = request.state
        for _ in range(request.times):
            state.down(scroll=True)
        at_bottom = state.scrolled == 0
        return CANCELLED if at_bottom and (always or state.exit_at_bottom) else DONE

    return run


def cursor_down_and_cancel(request: Request) -> Outcome:
    """Down; end the mode if the cursor was at the bottom already."""
    state, row = request.state, request.state.row
    for _ in range(request.times):
        state.down()
    return CANCELLED if state.row == row and state.scrolled == 0 else DONE


def _jumping(*, forward: bool, beside: bool) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        if request.words[0]:
            request.state.jump = Jump(request.words[0][0], forward, beside)
            repeated(motions.jump)(request)
        return DONE

    return run


def next_matching_bracket(request: Request) -> Outcome:
    """To the bracket that belongs to the next one in the line."""
    motions.next_bracket(request.state, request.times)
    return DONE


def goto_line(request: Request) -> Outcome:
    """goto-line number."""
    motions.go_to_line(request.state, request.words[0])
    return DONE


def set_mark(state: CopyState) -> None:
    """Set the mark at the cursor and show it."""
    state.mark, state.mark_shown = state.place, True


def toggle_position(state: CopyState) -> None:
    """Show or hide the scroll position."""
    state.position_hidden = not state.position_hidden


def refresh_from_pane(state: CopyState) -> None:
    """Take the rows from the screen again."""
    if state.source is None:
        return
    state.grid = Grid.of_screen(state.source)
    state.scrolled = min(state.scrolled, state.grid.above)
    shown = state.search.marks is not None
    state.clear_selection()
    state.search.clear()
    if shown:
        state.search.mark(state.grid, state.top, visible_only=False)


# ---- selecting ----


def begin_selection(state: CopyState) -> None:
    """Select from the cursor on, by characters."""
    state.line_side, state.unit = LineSide.NONE, Unit.CHARACTER
    state.begin_selection()


def stop_selection(state: CopyState) -> None:
    """Keep the selection as it is when the cursor moves on."""
    state.follow, state.line_side, state.unit = Follow.NONE, LineSide.NONE, Unit.CHARACTER


def other_end(request: Request) -> Outcome:
    """Go to the other end of the selection."""
    request.state.unit = Unit.CHARACTER
    if request.times % 2:
        request.state.other_end()
    return DONE


def _set_rectangle(state: CopyState, *, rectangle: bool) -> None:
    state.line_side = LineSide.NONE
    state.rectangle = rectangle
    state.column = min(state.column, state.length)
    state.update_selection()


def rectangle_on(state: CopyState) -> None:
    """Select rectangles."""
    _set_rectangle(state, rectangle=True)


def rectangle_off(state: CopyState) -> None:
    """Select lines of text."""
    _set_rectangle(state, rectangle=False)


def rectangle_toggle(state: CopyState) -> None:
    """Select rectangles, or no longer."""
    _set_rectangle(state, rectangle=not state.rectangle)


def select_line(request: Request) -> Outcome:
    """Select the line of the cursor, and as many more as it is repeated."""
    state = request.state
    state.line_side, state.rectangle, state.unit = LineSide.DOWN, False, Unit.LINE
    state.anchor = state.place
    state.start_of_line()
    state.anchor_start = state.place
    state.anchor_end = Place(state.anchor_end.column, state.absolute_row)
    state.begin_selection()
    state.end_of_line()
    state.anchor_end = Place(state.length, state.absolute_row)
    for _ in range(request.times - 1):
        state.down()
        state.end_of_line()
    return DONE


def select_word(state: CopyState) -> None:
    """Select the word of the cursor."""
    state.line_side, state.rectangle, state.unit = LineSide.DOWN, False, Unit.WORD
    state.anchor = state.place
    separators = state.options.word_separators
    state.previous_word(separators, already=False)
    start = state.anchor_start = state.place
    state.begin_selection()
    following = Place(start.column + 1, start.row)
    if following.column >= state.grid.columns and state.grid.wrapped(start.row):
        following = Place(0, start.row + 1)
    alone = state.grid.cell(following.column, following.row) == BLANK
    if start.column >= state.grid.length(start.row) or not alone:
        state.next_word_end(separators, keep_ends=True)
    else:
        state.column = start.column
        state.update_selection(keep_ends=True)
    end = state.anchor_end = state.place
    if state.anchor.row > end.row:
        state.anchor = end
    else:
        state.anchor = Place(min(state.anchor.column, end.column), state.anchor.row)


# ---- by words ----


def _with_separators(run: Callable[[CopyState, str], None], *, spaces: bool) -> Motion:
    """A motion by words, or by what stands between blanks."""
    return lambda state: run(state, "" if spaces else state.options.word_separators)


def _previous_word(state: CopyState, separators: str) -> None:
    state.previous_word(separators, already=True)


MOVES: dict[str, Callable[[Request], Outcome]] = {
    "bottom-line": once(lambda state: motions.screen_row(state, state.grid.lines - 1)),
    "cursor-down": repeated(CopyState.down),
    "cursor-left": repeated(motions.cursor_left),
    "cursor-right": repeated(motions.cursor_right),
    "cursor-up": repeated(CopyState.up),
    "end-of-line": once(CopyState.end_of_line),
    "halfpage-down": _moving_down(half=True, always=False),
    "halfpage-up": repeated(lambda state: motions.page_up(state, half=True)),
    "history-bottom": once(motions.history_bottom),
    "history-top": once(motions.history_top),
    "jump-again": repeated(motions.jump),
    "jump-reverse": repeated(lambda state: motions.jump(state, reverse=True)),
    "middle-line": once(lambda state: motions.screen_row(state, (state.grid.lines - 1) // 2)),
    "next-paragraph": repeated(motions.next_paragraph),
    "next-space": repeated(_with_separators(motions.next_word, spaces=True)),
    "next-space-end": repeated(_with_separators(CopyState.next_word_end, spaces=True)),
    "next-word": repeated(_with_separators(motions.next_word, spaces=False)),
    "next-word-end": repeated(_with_separators(CopyState.next_word_end, spaces=False)),
    "other-end": other_end,
    "page-down": _moving_down(half=False, always=False),
    "page-up": repeated(motions.page_up),
    "previous-paragraph": repeated(motions.previous_paragraph),
    "previous-space": repeated(_with_separators(_previous_word, spaces=True)),
    "previous-word": repeated(_with_separators(_previous_word, spaces=False)),
    "scroll-down": _scrolling_down(always=False),
    "scroll-up": repeated(lambda state: state.up(scroll=True)),
    "start-of-line": once(CopyState.start_of_line),
    "top-line": once(lambda state: motions.screen_row(state, 0)),
}

ACTIONS: dict[str, Callable[[Request], Outcome]] = {
    "back-to-indentation": once(motions.back_to_indentation),
    "begin-selection": once(begin_selection),
    "cancel": cancel,
    "clear-selection": once(CopyState.clear_selection),
    "cursor-down-and-cancel": cursor_down_and_cancel,
    "halfpage-down-and-cancel": _moving_down(half=True, always=True),
    "jump-to-mark": once(motions.jump_to_mark),
    "next-matching-bracket": next_matching_bracket,
    "page-down-and-cancel": _moving_down(half=False, always=True),
    "previous-matching-bracket": repeated(motions.previous_bracket),
    "rectangle-off": once(rectangle_off),
    "rectangle-on": once(rectangle_on),
    "rectangle-toggle": once(rectangle_toggle),
    "refresh-from-pane": once(refresh_from_pane),
    "scroll-down-and-cancel": _scrolling_down(always=True),
    "select-line": select_line,
    "select-word": once(select_word),
    "set-mark": once(set_mark),
    "stop-selection": once(stop_selection),
}


COMMANDS: dict[str, CopyCommand] = {
    **{name: CopyCommand(run, clear=Clear.EMACS_ONLY) for name, run in MOVES.items()},
    **{name: CopyCommand(run) for name, run in ACTIONS.items()},
    **COPY_COMMANDS,
    **SEARCH_COMMANDS,
    "goto-line": CopyCommand(goto_line, (1, 1), Clear.EMACS_ONLY),
    "jump-backward": CopyCommand(_jumping(forward=False, beside=False), (1, 1), Clear.EMACS_ONLY),
    "jump-forward": CopyCommand(_jumping(forward=True, beside=False), (1, 1), Clear.EMACS_ONLY),
    "jump-to-backward": CopyCommand(_jumping(forward=False, beside=True), (1, 1), Clear.EMACS_ONLY),
    "jump-to-forward": CopyCommand(_jumping(forward=True, beside=True), (1, 1), Clear.EMACS_ONLY),
    "toggle-position": CopyCommand(once(toggle_position), clear=Clear.NEVER),
}
