"""One connection to the bus, in the terms of this package. The one module that knows nats-py.

A connection is used until it breaks and is then thrown away: nothing is left half-known, and who
holds one begins anew (`aimux.fleet.link`). Every failure of the bus is a FleetError.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Final

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error, MaxPayloadError
from nats.errors import TimeoutError as LateError
from nats.js import JetStreamContext
from nats.js.api import (
    AckPolicy,
    ConsumerConfig,
    DeliverPolicy,
    DiscardPolicy,
    RetentionPolicy,
    StorageType,
    StreamConfig,
)
from nats.js.errors import APIError, NotFoundError
from nkeys import NkeysError

from aimux.errors import ConflictError, FleetError
from aimux.fleet.bus import Delivery
from aimux.fleet.bus_url import BusUrl
from aimux.fleet.streams import StreamPlan, Streams

CONNECT_SECONDS: Final = 5
PING_SECONDS: Final = 15
"""A bus that does not answer two of these in a row is taken for gone."""
ANSWER_SECONDS: Final = 5.0
CLOSE_SECONDS: Final = 2.0
HEARTBEAT_SECONDS: Final = 30.0
MAX_BATCH: Final = 64
"""Messages that are on their way to a follower, or with it, at once."""
_IN_USE = 10058  # JetStream's code: a stream of that name has another configuration
_WRONG_LAST = 10071  # the last record of the subject is another one
_FAILURES = (Error, OSError, asyncio.TimeoutError, EOFError)
_BAD_CREDENTIALS = (NkeysError, ValueError, TypeError, StopIteration)  # of a file that is none

log = logging.getLogger(__name__)


class NatsFollower:
    """What comes out of a stream (`aimux.fleet.bus.Follower`)."""

    def __init__(self, subscription: Subscription, *, waiting: int) -> None:
        self._subscription = subscription
        self.waiting = waiting

    async def next(self) -> list[Delivery]:
        """At least one, and what has come with it. Raises FleetError: the bus has fallen silent."""
        found = [await self._one()]
        while len(found) < MAX_BATCH and self._subscription.pending_msgs:
            found.append(await self._one())
        return found

    async def _one(self) -> Delivery:
        while True:
            with _Told():
                message = await self._subscription.next_msg(timeout=2.5 * HEARTBEAT_SECONDS)
            if "Status" not in (message.headers or {}):
                return _delivery(message)


class NatsBus:
    """A connection (`aimux.fleet.bus.Bus`)."""

    def __init__(self, client: Client, streams: Streams, broken: asyncio.Event) -> None:
        self._client = client
        self._context: JetStreamContext = client.jetstream(timeout=ANSWER_SECONDS)
        self.streams = streams
        self.broken = broken

    async def prepare(self) -> None:
        """Make the streams that are missing; what somebody has configured is left as it is."""
        for plan in self.streams.plans():
            try:
                with _Told():
                    await self._context.add_stream(_configuration(plan))
            except FleetError as error:
                cause = error.__cause__
                if not (isinstance(cause, APIError) and cause.err_code == _IN_USE):
                    raise

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
        """Let a stream keep something; its place there, once it is kept."""
        headers = {}
        if identity:
            headers["Nats-Msg-Id"] = identity
        if expected is not None:
            headers["Nats-Expected-Last-Subject-Sequence"] = str(expected)
        if deleted:
            headers["KV-Operation"] = "DEL"
        try:
            with _Told():
                answer = await self._context.publish(
                    subject, data, headers=headers or None, msg_ttl=seconds
                )
        except FleetError as error:
            if isinstance(error.__cause__, LateError):  # cut off, and nobody has said so yet
                self.broken.set()
            raise
        return int(answer.seq)

    async def last(self, stream: str, subject: str) -> Delivery | None:
        """The last message of a subject; None if there is none."""
        with suppress(NotFoundError), _Told():
            found = await self._context.get_last_msg(stream, subject)
            headers = found.headers or {}
            data, sequence = found.data or b"", int(found.seq or 0)
            return Delivery(subject, data, sequence, "KV-Operation" in headers, 0, _nothing)
        return None

    async def identity(self, stream: str) -> str:
        """What tells a stream from another of its name, made anew."""
        with _Told():
            return str((await self._context.stream_info(stream)).created)

    @asynccontextmanager
    async def follow(
        self, stream: str, subject: str, *, start: int = 0, name: str = ""
    ) -> AsyncIterator[NatsFollower]:
        """Follow a stream from a place on."""
        inbox = self._client.new_inbox()
        with _Told():
            subscription = await self._client.subscribe(inbox)
            if name:
                with suppress(NotFoundError):
                    await self._context.delete_consumer(stream, name)
            known = await self._context.add_consumer(stream, _consumer(inbox, subject, start, name))
        try:
            yield NatsFollower(subscription, waiting=int(known.num_pending or 0))
        finally:
            with suppress(*_FAILURES):
                await subscription.unsubscribe()

    async def close(self) -> None:
        """End it; what was published and not answered may or may not be kept."""
        await _close(self._client)


async def connect(place: BusUrl, *, name: str, credentials: str) -> NatsBus:
    """Connect, and see that the streams are there.

    Args:
        place: Where.
        name: What the bus calls the connection.
        credentials: The path of a NATS credentials file; "" for none.

    Raises:
        FleetError: It cannot be reached, or refuses.
    """
    credentials = _file(credentials)
    broken, reasons = asyncio.Event(), list[Exception]()

    async def failed(error: Exception) -> None:
        reasons.append(error)
        log.info("bus: %s", _words(error))

    async def closed() -> None:
        broken.set()

    client = Client()
    try:
        async with asyncio.timeout(2 * CONNECT_SECONDS):
            await client.connect(
                list(place.servers),
                name=name,
                error_cb=failed,
                closed_cb=closed,
                allow_reconnect=False,
                max_reconnect_attempts=1,  # of one server, here, and without a pause
                reconnect_time_wait=0,
                connect_timeout=CONNECT_SECONDS,
                ping_interval=PING_SECONDS,
                user_credentials=credentials or None,
            )
    except _FAILURES as error:
        await _close(client)
        raise FleetError(_words(reasons[-1] if reasons else error)) from error
    except _BAD_CREDENTIALS as error:
        await _close(client)
        raise FleetError(f"{credentials}: no NATS credentials") from error
    bus = NatsBus(client, Streams(place.fleet), broken)
    try:
        await bus.prepare()
    except BaseException:
        await bus.close()
        raise
    return bus


async def _close(client: Client) -> None:
    """Close it, or leave it to the collector: a peer that says nothing might keep us for ever."""
    with suppress(*_FAILURES):
        async with asyncio.timeout(CLOSE_SECONDS):
            await client.close()


def _file(credentials: str) -> str:
    """The path of a file that is there; nats-py would go on asking for one that is not."""
    path = Path(credentials).expanduser() if credentials else None
    if path is not None and not path.is_file():
        raise FleetError(f"{credentials}: no such file")
    return "" if path is None else str(path)


class _Told:
    """Turns what nats-py raises into our own errors.

    nats-py waits by asyncio.wait_for, which in Python 3.11 may swallow that its task was cancelled:
    then whoever cancelled it would wait for ever, so it is said here once more.
    """

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        task = asyncio.current_task()
        if error is None and task is not None and task.cancelling():
            raise asyncio.CancelledError
        if isinstance(error, APIError) and error.err_code == _WRONG_LAST:
            raise ConflictError("another one has written it") from error
        if isinstance(error, NotFoundError):
            return
        if isinstance(error, (*_FAILURES, json.JSONDecodeError)):
            raise FleetError(_words(error)) from error


def _words(error: BaseException) -> str:
    if isinstance(error, LateError | TimeoutError):
        return "the bus does not answer"
    if isinstance(error, MaxPayloadError):
        return "longer than the bus takes"
    if isinstance(error, APIError):
        return str(error.description or error.code)
    return str(error) or type(error).__name__


def _delivery(message: Msg) -> Delivery:
    try:
        metadata = message.metadata
    except Error as error:
        raise FleetError(_words(error)) from error
    operation = (message.headers or {}).get("KV-Operation", "")
    return Delivery(
        subject=message.subject,
        data=message.data,
        sequence=int(metadata.sequence.stream),
        is_deleted=operation in ("DEL", "PURGE"),
        left=int(metadata.num_pending),
        acknowledge=partial(_acknowledge, message),
    )


async def _acknowledge(message: Msg) -> None:
    with _Told():
        await message.ack()


async def _nothing() -> None:
    """What was looked up is not acknowledged."""


def _configuration(plan: StreamPlan) -> StreamConfig:
    is_bucket = plan.per_subject == 1
    return StreamConfig(
        name=plan.name,
        subjects=list(plan.subjects),
        retention=RetentionPolicy.WORK_QUEUE if plan.is_queue else RetentionPolicy.LIMITS,
        discard=DiscardPolicy.NEW if plan.refuses or is_bucket else DiscardPolicy.OLD,
        discard_new_per_subject=plan.refuses,
        max_msgs=plan.count,
        max_msgs_per_subject=plan.per_subject,
        max_age=plan.age or None,
        storage=StorageType.FILE,
        allow_rollup_hdrs=is_bucket,
        deny_delete=is_bucket,
        allow_direct=is_bucket or None,
        allow_msg_ttl=is_bucket or None,
    )


def _consumer(inbox: str, subject: str, start: int, name: str) -> ConsumerConfig:
    return ConsumerConfig(
        durable_name=name or None,
        deliver_subject=inbox,
        filter_subject=subject,
        deliver_policy=DeliverPolicy.BY_START_SEQUENCE if start else DeliverPolicy.ALL,
        opt_start_seq=start or None,
        ack_policy=AckPolicy.EXPLICIT,
        ack_wait=HEARTBEAT_SECONDS,
        max_ack_pending=MAX_BATCH,
        idle_heartbeat=HEARTBEAT_SECONDS,
        inactive_threshold=None if name else 2 * HEARTBEAT_SECONDS,
    )
