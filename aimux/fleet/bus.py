"""The bus as the rest of this package knows it: things are kept in streams, and come out of them.

`aimux.fleet.nats_bus` makes one of a connection to NATS. A bus is used until it breaks, and is
then thrown away.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from msgspec import Struct

from aimux.fleet.streams import Streams


class Delivery(Struct, frozen=True):
    """Something that stands in a stream.

    Attributes:
        subject: Where.
        data: What it says; empty where a key was deleted.
        sequence: Its place in the stream; of a bucket's record, its revision.
        is_deleted: A bucket's key that is no more.
        left: How many stand behind it.
        acknowledge: Say that it need not be handed out again. Raises FleetError.
    """

    subject: str
    data: bytes
    sequence: int
    is_deleted: bool
    left: int
    acknowledge: Callable[[], Awaitable[None]]

    @property
    def last_token(self) -> str:
        """The last part of its subject."""
        return self.subject.rpartition(".")[2]


class Follower(Protocol):
    """What comes out of a stream, in its order."""

    @property
    def waiting(self) -> int:
        """How many stood there when it began to follow."""
        ...

    async def next(self) -> list[Delivery]:
        """At least one, and what has come with it. Raises FleetError: the bus has fallen silent."""
        ...


class Bus(Protocol):
    """A connection that stands, or has broken: then `broken` is set."""

    @property
    def streams(self) -> Streams:
        """The names of the fleet's streams."""
        ...

    @property
    def broken(self) -> asyncio.Event:
        """Set when the connection has ended."""
        ...

    async def publish(
        self,
        subject: str,
        data: bytes,
        *,
        identity: str = "",
        expected: int | None = None,
        deleted: bool = False,
        seconds: float | None = None,
    ) -> int:
        """Let a stream keep something; its place there, once it is kept.

        Args:
            subject: Says which stream.
            data: What.
            identity: What was kept by it a moment ago is not kept twice.
            expected: The place of the subject's last message; 0 for none.
            deleted: It marks a bucket's key as deleted.
            seconds: How long it is kept; None for as long as the stream keeps anything.

        Raises:
            ConflictError: The last message is another one.
            FleetError: It may or may not have been kept.
        """
        ...

    async def last(self, stream: str, subject: str) -> Delivery | None:
        """The last message of a subject; None if there is none. Raises FleetError."""
        ...

    async def identity(self, stream: str) -> str:
        """What tells a stream from another of its name, made anew. Raises FleetError."""
        ...

    def follow(
        self, stream: str, subject: str, *, start: int = 0, name: str = ""
    ) -> AbstractAsyncContextManager[Follower]:
        """Follow a stream from a place on.

        Args:
            stream: Its name.
            subject: What of it.
            start: The first place that is wanted; 0 for all that stands there.
            name: One follower of that name takes another's place; "" for one among many.

        Raises:
            FleetError: The bus refuses.
        """
        ...

    async def close(self) -> None:
        """End it; what was published and not answered may or may not be kept."""
        ...
