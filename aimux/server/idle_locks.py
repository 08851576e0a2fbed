"""lock-after-time: sessions that nobody has used for so long are locked."""

from __future__ import annotations

from collections.abc import Callable

from aimux.ids import SessionId
from aimux.model.client import Client
from aimux.model.session import Session
from aimux.model.state import State


class IdleLocks:
    """Watches the sessions that clients show and that have the option set.

    Args:
        now: Wall-clock seconds, as sessions keep their last use.
        later: Calls an action after some seconds.
        lock: Lets a shell command have a client's terminal.
    """

    def __init__(
        self,
        state: State,
        *,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], None]], None],
        lock: Callable[[Client, str], None],
    ) -> None:
        self._state = state
        self._now = now
        self._later = later
        self._lock = lock
        self._used: dict[SessionId, float] = {}

    def settle(self) -> None:
        """Begin to watch sessions that are not watched yet."""
        for client in self._state.attached():
            session = client.session
            if session is None or session.id in self._used:
                continue
            if self._seconds(session):
                self._used[session.id] = self._now()
                self._watch(session, self._seconds(session))

    def _seconds(self, session: Session) -> int:
        seconds = session.options.number("lock-after-time")
        return seconds if seconds and self._state.clients_of(session) else 0

    def _watch(self, session: Session, seconds: float) -> None:
        self._later(seconds, lambda: self._look(session))

    def _look(self, session: Session) -> None:
        seconds = self._seconds(session)
        if not seconds or session.id not in self._state.sessions:
            del self._used[session.id]
            return
        now = self._now()
        used = max(session.activity, self._used[session.id])
        rest = min(seconds, used + seconds - now)
        if rest <= 0:
            self._used[session.id] = now
            self._lock_clients(session)
        self._watch(session, rest if rest > 0 else seconds)

    def _lock_clients(self, session: Session) -> None:
        command = session.options.text("lock-command")
        for client in self._state.clients_of(session) if command else ():
            self._lock(client, command)
