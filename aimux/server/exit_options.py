"""When what nobody needs ends: `exit-empty`, `exit-unattached` and `destroy-unattached`."""

from __future__ import annotations

from collections.abc import Callable

from aimux.commands.effects import Effects
from aimux.commands.groups import ends_unattached
from aimux.commands.lifecycle import close_session
from aimux.model.state import State
from aimux.server.one_shots import OneShots
from aimux.server.start_up import StartUp


class ExitOptions:
    """Looks, where that may have come about, whether the server or a session is to end.

    Args:
        foreground: The server was told to stay (`-D`).
        stop: Ends the server.
    """

    def __init__(
        self,
        state: State,
        effects: Effects,
        one_shots: OneShots,
        start_up: StartUp,
        *,
        foreground: bool,
        stop: Callable[[], None],
    ) -> None:
        self._state = state
        self._effects = effects
        self._one_shots = one_shots
        self._start_up = start_up
        self._foreground = foreground
        self._stop = stop
        self._client_left = False

    def await_starter(self) -> None:
        """The server has begun: it waits for the process that started it."""
        self._state.awaits_starter = not self._foreground

    def give_up_starter(self) -> None:
        """The process that started the server has not come."""
        if self._state.awaits_starter and not self._start_up.waited_for:
            self._state.awaits_starter = False
            self.end_if_empty()

    def end_if_empty(self) -> None:
        """A server that was started for nothing leaves, unless it was told to stay."""
        options = self._state.server_options
        stays = self._foreground or not options.flag("exit-empty")
        if stays or self._state.awaits_starter:
            return
        sessions = self._state.sessions and not options.flag("exit-unattached")
        if not (sessions or self._one_shots.running or self._state.attached()):
            self._stop()

    def client_left(self) -> None:
        """A client has left a session: `end_unattached` has to look."""
        self._client_left = True

    def end_unattached(self) -> None:
        """End the sessions that a client has left, and the server, as the options say."""
        if not self._client_left:
            return
        self._client_left = False
        for session in list(self._state.sessions.values()):
            unwatched = not self._state.clients_of(session)
            if unwatched and ends_unattached(self._state, session):
                close_session(self._state, self._effects, session)
        self.end_if_empty()
