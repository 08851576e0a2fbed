"""The commands of copy mode by their names in `send-keys -X`, as tmux 3.3a has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from aimux.copymode import motions
from aimux.copymode.grid import BLANK, Grid
from aimux.copymode.outcome import CANCELLED, DONE, Copied, Outcome
from aimux.copymode.searching import search_again
from aimux.copymode.selection import Follow, LineSide, Place, Unit
from aimux.copymode.state import CopyState, Jump


class Clear(Enum):
    """When a command takes the marks of matches away."""

    ALWAYS = auto()
    EMACS_ONLY = auto()
    NEVER = auto()


@dataclass(frozen=True, slots=True)
class Request:
    """One command as it was given: its arguments, and how often it is to be done."""

    state: CopyState
    words: tuple[str, ...]
    times: int

    def word(self, index: int) -> str | None:
        """An argument, if it was given."""
        return self.words[index] if index < len(self.words) else None


@dataclass(frozen=True, slots=True)
class CopyCommand:
    """A row of the table; `arity` is the fewest and the most arguments."""

    run: Callable[[Request], Outcome]
    arity: tuple[int, int] = (0, 0)
    clear: Clear = Clear.ALWAYS


Motion = Callable[[CopyState], object]


def repeated(motion: Motion) -> Callable[[Request], Outcome]:
    """A command that does one thing as often as it was asked for."""

    def run(request: Request) -> Outcome:
        for _ in range(request.times):
            motion(request.state)
        return DONE

    return run


def once(motion: Motion) -> Callable[[Request], Outcome]:
    """A command that does one thing however often it was asked for."""

    def run(request: Request) -> Outcome:
        motion(request.state)
        return DONE

    return run


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


# ---- copying ----


@dataclass(frozen=True, slots=True)
class _After:
    """What becomes of text once it is copied, and of the selection."""

    pipe: bool = False
    to_buffer: bool = True
    append: bool = False
    keep: bool = False
    cancel: bool = False


def _copied(request: Request, after: _After) -> Copied:
    text = request.state.selected()
    prefix = request.word(1 if after.pipe else 0)
    command = request.word(0) if after.pipe else None
    return Copied(text, prefix, after.to_buffer, after.append, after.pipe, command or "")


def _copying(after: _After) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        copied = _copied(request, after)
        if not after.keep:
            request.state.clear_selection()
        return Outcome(after.cancel, copied)

    return run


def _copying_line(after: _After, *, whole: bool) -> Callable[[Request], Outcome]:
    """Copy to the line's end, from its start if `whole`; the cursor stays where it was."""

    def run(request: Request) -> Outcome:
        state = request.state
        before = (state.column, state.row, state.scrolled)
        if whole:
            state.unit = Unit.CHARACTER
            state.start_of_line()
        state.begin_selection()
        for _ in range(request.times - 1):
            state.down()
        state.end_of_line()
        copied = _copied(request, after)
        state.clear_selection()
        state.column, state.row, state.scrolled = before
        return Outcome(after.cancel, copied)

    return run


# ---- searching ----


def _searching(*, forward: bool, regex: bool) -> Callable[[Request], Outcome]:
    def run(request: Request) -> Outcome:
        state, text = request.state, request.word(0)
        if text:
            search = state.search
            search.text, search.regex, search.upward = text, regex, not forward
            search.timed_out = False
            for _ in range(request.times):
                if not search.is_running:
                    search_again(state, forward=forward, regex=regex)
        return DONE

    return run


def _again(*, reverse: bool) -> Motion:
    def run(state: CopyState) -> None:
        search = state.search
        if search.upward is not None and not search.is_running:
            search_again(state, forward=search.upward is reverse, regex=search.regex)

    return run


def _searching_incrementally(ways: dict[str, bool]) -> Callable[[Request], Outcome]:
    """Search while a text is typed; `ways` tells from its first character which way to go."""

    def run(request: Request) -> Outcome:
        state, search = request.state, request.state.search
        way, text = request.words[0][:1], request.words[0][1:]
        search.timed_out = False
        if state.search_origin is None:
            state.search_origin = (state.column, state.row, state.scrolled)
        elif search.text is not None and text != search.text:
            state.column, state.row, state.scrolled = state.search_origin
        if not text:
            search.clear()
        elif way in ways:
            search.text, search.regex, search.upward = text, False, not ways[way]
            search_again(state, forward=ways[way], regex=False, forget=True)
        return DONE

    return run


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
    "search-again": repeated(_again(reverse=False)),
    "search-reverse": repeated(_again(reverse=True)),
    "select-line": select_line,
    "select-word": once(select_word),
    "set-mark": once(set_mark),
    "stop-selection": once(stop_selection),
}

COPIES: dict[str, tuple[Callable[[Request], Outcome], int]] = {
    "append-selection": (_copying(_After(append=True)), 0),
    "append-selection-and-cancel": (_copying(_After(append=True, cancel=True)), 0),
    "copy-end-of-line": (_copying_line(_After(), whole=False), 1),
    "copy-end-of-line-and-cancel": (_copying_line(_After(cancel=True), whole=False), 1),
    "copy-line": (_copying_line(_After(), whole=True), 1),
    "copy-line-and-cancel": (_copying_line(_After(cancel=True), whole=True), 1),
    "copy-pipe": (_copying(_After(pipe=True)), 2),
    "copy-pipe-and-cancel": (_copying(_After(pipe=True, cancel=True)), 2),
    "copy-pipe-end-of-line": (_copying_line(_After(pipe=True), whole=False), 2),
    "copy-pipe-end-of-line-and-cancel": (
        _copying_line(_After(pipe=True, cancel=True), whole=False),
        2,
    ),
    "copy-pipe-line": (_copying_line(_After(pipe=True), whole=True), 2),
    "copy-pipe-line-and-cancel": (_copying_line(_After(pipe=True, cancel=True), whole=True), 2),
    "copy-pipe-no-clear": (_copying(_After(pipe=True, keep=True)), 2),
    "copy-selection": (_copying(_After()), 1),
    "copy-selection-and-cancel": (_copying(_After(cancel=True)), 1),
    "copy-selection-no-clear": (_copying(_After(keep=True)), 1),
    "pipe": (_copying(_After(pipe=True, to_buffer=False)), 1),
    "pipe-and-cancel": (_copying(_After(pipe=True, to_buffer=False, cancel=True)), 1),
    "pipe-no-clear": (_copying(_After(pipe=True, to_buffer=False, keep=True)), 1),
}

KEEPING_MARKS = {"copy-pipe-no-clear", "copy-selection-no-clear", "pipe-no-clear"}

COMMANDS: dict[str, CopyCommand] = {
    **{name: CopyCommand(run, clear=Clear.EMACS_ONLY) for name, run in MOVES.items()},
    **{name: CopyCommand(run) for name, run in ACTIONS.items()},
    **{
        name: CopyCommand(run, (0, most), Clear.NEVER if name in KEEPING_MARKS else Clear.ALWAYS)
        for name, (run, most) in COPIES.items()
    },
    "goto-line": CopyCommand(goto_line, (1, 1), Clear.EMACS_ONLY),
    "jump-backward": CopyCommand(_jumping(forward=False, beside=False), (1, 1), Clear.EMACS_ONLY),
    "jump-forward": CopyCommand(_jumping(forward=True, beside=False), (1, 1), Clear.EMACS_ONLY),
    "jump-to-backward": CopyCommand(_jumping(forward=False, beside=True), (1, 1), Clear.EMACS_ONLY),
    "jump-to-forward": CopyCommand(_jumping(forward=True, beside=True), (1, 1), Clear.EMACS_ONLY),
    "search-backward": CopyCommand(_searching(forward=False, regex=True), (0, 1)),
    "search-backward-incremental": CopyCommand(
        _searching_incrementally({"=": False, "-": False, "+": True}), (1, 1)
    ),
    "search-backward-text": CopyCommand(_searching(forward=False, regex=False), (0, 1)),
    "search-forward": CopyCommand(_searching(forward=True, regex=True), (0, 1)),
    "search-forward-incremental": CopyCommand(
        _searching_incrementally({"=": True, "+": True, "-": False}), (1, 1)
    ),
    "search-forward-text": CopyCommand(_searching(forward=True, regex=False), (0, 1)),
    "toggle-position": CopyCommand(once(toggle_position), clear=Clear.NEVER),
}
