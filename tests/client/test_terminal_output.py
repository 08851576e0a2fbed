"""Writing to a terminal that may not read."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator

import pytest

from aimux.client.terminal_output import TerminalOutput


class Reader:
    """The far end of a pipe, and what the writer said of it."""

    def __init__(self) -> None:
        self.descriptor, self.writer = os.pipe()
        os.set_blocking(self.writer, False)
        self.blocked = 0
        self.drained = asyncio.Event()

    def on_blocked(self) -> None:
        self.blocked += 1

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            data += os.read(self.descriptor, size - len(data))
        return data

    def output(self) -> TerminalOutput:
        return TerminalOutput(self.writer, on_blocked=self.on_blocked, on_drained=self.drained.set)


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    os.close(reader.descriptor)
    os.close(reader.writer)


async def test_what_goes_is_written_at_once(reader: Reader) -> None:
    output = reader.output()
    output.send(b"hello")
    assert os.read(reader.descriptor, 100) == b"hello"
    assert (output.backlog, reader.blocked) == (0, 0)


async def test_a_stalled_reader_gets_everything_in_order_later(reader: Reader) -> None:
    output = reader.output()
    data = os.urandom(300_000)
    output.send(data[:200_000])
    output.send(data[200_000:])
    assert output.backlog > 0
    assert reader.blocked == 1
    received = asyncio.to_thread(reader.read, len(data))
    assert await received == data
    await asyncio.wait_for(reader.drained.wait(), 5)
    assert output.backlog == 0


async def test_closing_does_not_wait_for_a_stalled_reader_for_ever(reader: Reader) -> None:
    output = reader.output()
    output.send(bytes(300_000))
    output.close(patience_seconds=0.01)
    assert output.backlog == 0


async def test_a_reader_that_is_gone_takes_everything() -> None:
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    output = TerminalOutput(writing, on_blocked=lambda: None, on_drained=lambda: None)
    os.close(reading)
    output.send(b"x")
    assert output.backlog == 0
    os.close(writing)
