"""Commands of copy mode that tmux got after 3.3a: about the screen's middle, and its edges."""

from __future__ import annotations

from collections.abc import Callable

from aimux.copymode.outcome import DONE, Outcome
from aimux.copymode.request import Clear, CopyCommand, Request, once
from aimux.copymode.selection import Place, Unit
from aimux.copymode.state import CopyState

UNITS = {
    "char": Unit.CHARACTER,
    "c": Unit.CHARACTER,
    "word": Unit.WORD,
    "w": Unit.WORD,
    "line": Unit.LINE,
    "l": Unit.LINE,
}


def _middle(state: CopyState) -> int:
    return (state.grid.lines - 1) // 2


def _bottom(state: CopyState) -> int:
    return state.grid.lines - 1


def _top(_state: CopyState) -> int:
    return 0


def _line_to(row_of: Callable[[CopyState], int]) -> Callable[[CopyState], None]:
    """Scroll until the cursor's line stands in a row, or as near as the rows allow."""

    def run(state: CopyState) -> None:
        wanted = state.scrolled + row_of(state) - state.row
        scrolled = max(0, min(state.grid.above, wanted))
        state.row += scrolled - state.scrolled
        state.scrolled = scrolled
        state.refresh_matches()
        state.update_selection()

    return run


def recentre(state: CopyState) -> None:
    """Bring the cursor's line to the middle; the same line next to the top, then the bottom."""
    line, step = state.recentred
    step = step + 1 if line == state.absolute_row else 0
    state.recentred = state.absolute_row, step
    places = (_middle, _top, _bottom)
    _line_to(places[step % len(places)])(state)


def _to_middle_row(state: CopyState) -> None:
    state.row = _middle(state)
    state.column = min(state.column, state.length)
    state.update_selection()


def _to_middle_column(state: CopyState) -> None:
    state.column = state.grid.columns // 2
    state.update_selection()


def _exit_at_bottom(wanted: bool | None) -> Callable[[CopyState], None]:
    def run(state: CopyState) -> None:
        state.exit_at_bottom = not state.exit_at_bottom if wanted is None else wanted

    return run


def selection_mode(request: Request) -> Outcome:
    """selection-mode [char | word | line]: by what a selection grows."""
    unit = UNITS.get((request.word(0) or "char").lower())
    if unit is not None:
        request.state.unit = unit
        request.state.update_selection()
    return DONE


def _to_prompt(step: int) -> Callable[[Request], Outcome]:
    """To the next (1) or the previous (-1) prompt, with -o to where output begins."""

    def run(request: Request) -> Outcome:
        state = request.state
        rows = state.outputs if request.word(0) == "-o" else state.prompts
        first = state.grid.rows.dropped
        beyond = [row - first for row in rows if (row - first - state.absolute_row) * step > 0]
        found = [row for row in beyond if 0 <= row <= state.grid.last]
        if found:
            state.show(Place(0, min(found) if step > 0 else max(found)))
            state.refresh_matches()
            state.update_selection()
        return DONE

    return run


LATER_COMMANDS: dict[str, CopyCommand] = {
    "cursor-centre-horizontal": CopyCommand(once(_to_middle_column), clear=Clear.EMACS_ONLY),
    "cursor-centre-vertical": CopyCommand(once(_to_middle_row), clear=Clear.EMACS_ONLY),
    "next-prompt": CopyCommand(_to_prompt(1), (0, 1)),
    "previous-prompt": CopyCommand(_to_prompt(-1), (0, 1)),
    "recentre-top-bottom": CopyCommand(once(recentre), clear=Clear.EMACS_ONLY),
    "scroll-bottom": CopyCommand(once(_line_to(_bottom)), clear=Clear.EMACS_ONLY),
    "scroll-exit-off": CopyCommand(once(_exit_at_bottom(False)), clear=Clear.NEVER),
    "scroll-exit-on": CopyCommand(once(_exit_at_bottom(True)), clear=Clear.NEVER),
    "scroll-exit-toggle": CopyCommand(once(_exit_at_bottom(None)), clear=Clear.NEVER),
    "scroll-middle": CopyCommand(once(_line_to(_middle)), clear=Clear.EMACS_ONLY),
    "scroll-top": CopyCommand(once(_line_to(_top)), clear=Clear.EMACS_ONLY),
    "selection-mode": CopyCommand(selection_mode, (0, 1), Clear.NEVER),
}
