"""The connection to the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from aimux.client.link import Link, connect
from aimux.errors import ProtocolError
from aimux.protocol.client_messages import FrameShown, TextTyped
from aimux.protocol.framing import encode
from aimux.protocol.message import Message
from aimux.protocol.server_messages import BellRung, Facts, TitleSet

DEADLINE = 30


class Owner:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.told: list[str] = []
        self.error: Exception | None = None
        self.news = asyncio.Event()

    def receive(self, message: Message) -> None:
        self.messages.append(message)
        self.news.set()

    def link_lost(self, error: Exception | None) -> None:
        self.error = error
        self._tell("lost")

    def link_full(self) -> None:
        self._tell("full")

    def link_ready(self) -> None:
        self._tell("ready")

    def _tell(self, what: str) -> None:
        self.told.append(what)
        self.news.set()

    async def wait_for(self, what: str) -> None:
        async with asyncio.timeout(DEADLINE):
            while what not in self.told:
                self.news.clear()
                await self.news.wait()

    async def wait_for_messages(self, count: int) -> None:
        async with asyncio.timeout(DEADLINE):
            while len(self.messages) < count:
                self.news.clear()
                await self.news.wait()


class Peer:
    """The server's end of one connection, read and written by the test."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def __init__(self) -> None:
        self.connected = asyncio.Event()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.connected.set()


@pytest.fixture
async def ends(tmp_path: Path) -> AsyncIterator[tuple[Link, Peer]]:
    peer = Peer()
    listener = await asyncio.start_unix_server(peer.take, tmp_path / "s", limit=1024)
    link = await connect(str(tmp_path / "s"))
    await peer.connected.wait()
    yield link, peer
    link.close()
    peer.writer.close()
    listener.close()


async def test_what_arrived_before_there_was_an_owner_is_handed_on(ends: tuple[Link, Peer]) -> None:
    link, peer = ends
    peer.writer.write(encode(BellRung()) + encode(TitleSet("t")))
    await peer.writer.drain()
    owner = Owner()
    link.open(owner)
    await owner.wait_for_messages(2)
    assert owner.messages == [BellRung(), TitleSet("t")]


async def test_a_message_cut_anywhere_arrives_whole(ends: tuple[Link, Peer]) -> None:
    link, peer = ends
    owner = Owner()
    link.open(owner)
    facts = Facts("%1", "t" * 5000, "/", (), ())
    for byte in encode(TitleSet("ab")):
        peer.writer.write(bytes([byte]))
        await peer.writer.drain()
    peer.writer.write(encode(facts))
    await owner.wait_for_messages(2)
    assert owner.messages == [TitleSet("ab"), facts]


async def test_a_server_that_closes_is_noticed(ends: tuple[Link, Peer]) -> None:
    link, peer = ends
    owner = Owner()
    link.open(owner)
    peer.writer.close()
    await owner.wait_for("lost")
    assert owner.error is None
    link.send(FrameShown(1))


async def test_an_owner_that_comes_late_hears_of_the_end(ends: tuple[Link, Peer]) -> None:
    link, peer = ends
    peer.writer.close()
    owner = Owner()
    link.open(owner)
    await owner.wait_for("lost")


async def test_garbage_ends_the_connection_with_its_reason(ends: tuple[Link, Peer]) -> None:
    link, peer = ends
    owner = Owner()
    link.open(owner)
    peer.writer.write(b"\x00\x00\x00\x02{}")
    await owner.wait_for("lost")
    assert isinstance(owner.error, ProtocolError)
    assert await peer.reader.read() == b""


async def test_a_server_that_does_not_read_is_told_of_and_loses_nothing(
    ends: tuple[Link, Peer],
) -> None:
    link, peer = ends
    owner = Owner()
    link.open(owner)
    sent = 0
    while "full" not in owner.told:
        link.send(TextTyped(bytes(60_000)))
        sent += 1
    size = len(encode(TextTyped(bytes(60_000))))
    async with asyncio.timeout(DEADLINE):
        data = await peer.reader.readexactly(sent * size)
    assert len(data) == sent * size
    await owner.wait_for("ready")
