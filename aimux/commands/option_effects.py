"""What else changes when an option does."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from aimux.commands.theme_files import apply_theme
from aimux.model.state import MAX_MESSAGES, State
from aimux.styles.width_overrides import set_overrides


def apply_option(state: State, name: str) -> None:
    """Bring up to date what follows the option of that full name, if anything does."""
    effect = EFFECTS.get(name)
    if effect is not None:
        effect(state)


def _place_panes(state: State) -> None:
    for window in state.windows.values():
        window.place_panes()


def _limit_messages(state: State) -> None:
    limit = min(state.server_options.number("message-limit"), MAX_MESSAGES)
    state.messages = deque(state.messages, maxlen=limit)


def _limit_buffers(state: State) -> None:
    state.buffers.limit = state.server_options.number("buffer-limit")


def _limit_history(state: State) -> None:
    for session in state.sessions.values():
        limit = session.options.number("history-limit")
        for link in session.links.values():
            for pane in link.window.panes:
                pane.screen.history_limit = limit


def _set_widths(state: State) -> None:
    set_overrides(map(str, state.server_options.items("codepoint-widths").values()))


def _take_theme(state: State) -> None:
    apply_theme(state, state.server_options.text("theme"))


EFFECTS: dict[str, Callable[[State], None]] = {
    "buffer-limit": _limit_buffers,
    "codepoint-widths": _set_widths,
    "history-limit": _limit_history,
    "message-limit": _limit_messages,
    "pane-border-status": _place_panes,
    "pane-scrollbars": _place_panes,
    "pane-scrollbars-position": _place_panes,
    "pane-scrollbars-style": _place_panes,
    "theme": _take_theme,
}
