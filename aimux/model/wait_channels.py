"""The channels of `wait-for`: who waits for a signal, and who for a lock (cmd-wait-for.c)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from msgspec import Struct

from aimux.errors import CommandError

MAX_CHANNELS = 10_000


class Waiter(Struct, frozen=True):
    """Someone who waits.

    Attributes:
        wake: Lets the commands of whoever waits go on.
        lives: Whether whoever waits is still there.
    """

    wake: Callable[[], None]
    lives: Callable[[], bool]


@dataclass(slots=True)
class Channel:
    """One channel; `signalled` is a signal that came before anyone waited for it."""

    signalled: bool = False
    locked: bool = False
    waiters: list[Waiter] = field(default_factory=list)
    lockers: deque[Waiter] = field(default_factory=deque)

    @property
    def is_idle(self) -> bool:
        """Whether nothing would be lost with it."""
        return not (self.signalled or self.locked or self.waiters)


class WaitChannels:
    """All channels by name; at most MAX_CHANNELS that are not idle."""

    def __init__(self) -> None:
        self._channels: dict[str, Channel] = {}

    def signal(self, name: str) -> None:
        """Wake all who wait, or the next who will; a second signal without them undoes the first.

        Raises:
            CommandError: There are too many channels.
        """
        channel = self._channel(name)
        waiters, channel.waiters = channel.waiters, []
        channel.signalled = not waiters and not channel.signalled
        self._drop_idle(name)
        for waiter in waiters:
            waiter.wake()

    def wait(self, name: str, waiter: Callable[[], Waiter]) -> None:
        """Wait for a signal; one that has come already is taken, and `waiter` is not called.

        Raises:
            CommandError: There are too many channels.
        """
        channel = self._channel(name)
        if channel.signalled:
            channel.signalled = False
        else:
            channel.waiters = [one for one in channel.waiters if one.lives()]
            channel.waiters.append(waiter())
        self._drop_idle(name)

    def lock(self, name: str, waiter: Callable[[], Waiter]) -> None:
        """Take the lock, or wait until it is handed over.

        Raises:
            CommandError: There are too many channels.
        """
        channel = self._channel(name)
        if channel.locked:
            channel.lockers.append(waiter())
        channel.locked = True

    def unlock(self, name: str) -> None:
        """Hand the lock to whoever has waited longest.

        Raises:
            CommandError: It is not locked.
        """
        channel = self._channels.get(name)
        if channel is None or not channel.locked:
            raise CommandError(f"channel {name} not locked")
        while channel.lockers:
            waiter = channel.lockers.popleft()
            if waiter.lives():
                waiter.wake()
                return
        channel.locked = False
        self._drop_idle(name)

    def _channel(self, name: str) -> Channel:
        if name not in self._channels and len(self._channels) >= MAX_CHANNELS:
            raise CommandError("too many channels")
        return self._channels.setdefault(name, Channel())

    def _drop_idle(self, name: str) -> None:
        if self._channels[name].is_idle:
            del self._channels[name]
