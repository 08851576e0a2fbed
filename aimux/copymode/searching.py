"""Moving the cursor to matches: what `search-forward`, `search-again` and their kin do."""

from __future__ import annotations

from aimux.copymode.search import Hunt
from aimux.copymode.selection import Place
from aimux.copymode.state import CopyState

# What a search may take of the command that began it.
FIRST_SECONDS = 0.1


def search_again(state: CopyState, *, forward: bool, regex: bool, forget: bool = False) -> bool:
    """Go to the next match in a direction and mark all that are shown; False if there is none.

    In emacs mode a search forward ends behind the match, else the cursor is put on its first cell.
    A search that takes longer than FIRST_SECONDS is left: `search.go_on` goes on with it.

    Args:
        state: Where copy mode stands.
        forward: Which way.
        regex: Whether the text is a regular expression.
        forget: Show no matches if there is none.
    """
    search = state.search
    search.hunt = _hunt(state, forward=forward, regex=regex, forget=forget)
    return search.go_on(FIRST_SECONDS)


def _hunt(state: CopyState, *, forward: bool, regex: bool, forget: bool) -> Hunt[bool]:
    search = state.search
    search.forward = forward
    if search.timed_out or not search.text:
        return False
    visible_only = search.prepare(regex=regex)
    start = _start_forward(state) if forward else _before(state, state.place, wrap=_wraps(state))
    found = yield from _go(state, start, forward=forward)
    if found:
        search.mark(state.grid, state.top, visible_only=visible_only)
        if forward:
            yield from _settle_forward(state)
        else:
            _settle_backward(state)
    elif forget:
        search.clear()
    return found


def _wraps(state: CopyState) -> bool:
    return state.options.wrap_search


def _go(state: CopyState, start: Place, *, forward: bool) -> Hunt[bool]:
    search = state.search
    find = search.next_match if forward else search.previous_match
    place = yield from find(state.grid, start, wrap=_wraps(state))
    if place is not None:
        state.scroll_to(place)
    return place is not None


def _start_forward(state: CopyState) -> Place:
    """In vi mode the cursor is on the first cell of a match, which is not to be found again."""
    if not state.options.vi:
        return state.place
    if state.search.marks is not None:
        return _behind_match(state, state.place)
    return _behind(state, state.place, wrap=_wraps(state))


def _before(state: CopyState, place: Place, *, wrap: bool) -> Place:
    if place.column:
        return Place(place.column - 1, place.row)
    if place.row:
        return Place(state.grid.columns - 1, place.row - 1)
    return Place(state.grid.columns - 1, state.grid.last) if wrap else place


def _behind(state: CopyState, place: Place, *, wrap: bool) -> Place:
    if place.column < state.grid.columns - 1:
        return Place(place.column + 1, place.row)
    if place.row < state.grid.last:
        return Place(0, place.row + 1)
    return Place(0, 0) if wrap else place


def _mark(state: CopyState, place: Place) -> int | None:
    index = state.search.index(state.grid, place, state.top)
    marks = state.search.marks
    return None if index is None or marks is None else marks[index]


def _behind_match(state: CopyState, place: Place) -> Place:
    """The first place behind the match that `place` is in; the place itself if it is in none."""
    mark = _mark(state, place)
    for _ in range(len(state.search.marks or ())):
        if not mark or _mark(state, place) != mark:
            break
        following = _behind(state, place, wrap=_wraps(state))
        if following == place:
            break
        place = following
    return place


def _settle_forward(state: CopyState) -> Hunt[None]:
    place, marks = state.place, state.search.marks
    index = state.search.index(state.grid, place, state.top)
    if index and marks is not None and marks[index] and marks[index] == marks[index - 1]:
        yield from _go(state, _behind_match(state, place), forward=True)
        place = state.place
    if not state.options.vi:
        place = _behind_match(state, place)
        # The selection keeps its end on the match until the cursor moves on.
        if 0 <= place.row - state.top < state.grid.lines:
            state.column, state.row = place.column, place.row - state.top
        else:
            state.scroll_to(place)


def _settle_backward(state: CopyState) -> None:
    index = state.search.index(state.grid, state.place, state.top)
    if index is None or not _mark(state, state.place):
        return
    start, _ = state.search.extent(index)
    row, column = divmod(start, state.grid.columns)
    state.column, state.row = column, row
