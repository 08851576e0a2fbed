"""The options autosave-interval and autosave-restore: sessions outlive the server.

Saved are sessions, windows, layouts, directories and what ran, in one small file; not what the
panes showed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from aimux.commands.effects import Effects
from aimux.commands.saved_sessions import saved_path, saved_text
from aimux.errors import CommandError
from aimux.model.state import State

log = logging.getLogger(__name__)

MINUTE = 60.0


class Autosave:
    """Saves the sessions of one server every so often, and at its end.

    Args:
        later: Calls an action after some seconds.
    """

    def __init__(
        self,
        state: State,
        effects: Effects,
        *,
        later: Callable[[float, Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._later = later
        self._minutes = 0
        self._turn = 0
        self._saved = ""

    def settle(self) -> None:
        """Wait anew if the option has changed; an idle server wakes for nothing else of this."""
        minutes = self._state.server_options.number("autosave-interval")
        if minutes != self._minutes:
            self._minutes = minutes
            self._wait()

    def _wait(self) -> None:
        self._turn += 1
        turn = self._turn
        if self._minutes:
            self._later(self._minutes * MINUTE, lambda: self._due(turn))

    def _due(self, turn: int) -> None:
        if turn == self._turn:
            self._save()
            self._wait()

    def end(self) -> None:
        """The server ends: save what there still is, if it saves at all."""
        if self._minutes:
            self._save()

    def _save(self) -> None:
        """Write the file, unless it says the same already or there is nothing to save."""
        text = saved_text(self._state, self._effects)
        if not text or text == self._saved:
            return
        try:
            self._effects.replace_file(saved_path(self._state, self._effects), text)
            self._saved = text
        except CommandError as error:
            log.warning("autosave: %s", error)
