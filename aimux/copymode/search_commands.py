"""The commands of copy mode that search: for a text, again, and while a text is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aimux.copymode.outcome import DONE, Outcome
from aimux.copymode.request import CopyCommand, Motion, Request, repeated
from aimux.copymode.searching import search_again
from aimux.copymode.state import CopyState


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


def _searching_incrementally(ways: Mapping[str, bool]) -> Callable[[Request], Outcome]:
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


SEARCH_COMMANDS: dict[str, CopyCommand] = {
    "search-again": CopyCommand(repeated(_again(reverse=False))),
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
    "search-reverse": CopyCommand(repeated(_again(reverse=True))),
}
