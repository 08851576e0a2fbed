"""pipe-pane's connection, where the command is slow, stubborn or gone."""

from __future__ import annotations

import asyncio
import socket

from aimux.server.pane_pipe import MAX_UNREAD, PanePipe


def test_a_command_that_never_reads_is_cut_off_at_the_limit() -> None:
    async def run() -> list[str]:
        ours, theirs = socket.socketpair()
        closed: list[str] = []
        pipe = PanePipe(ours, to_command=True, typed=None, closed=lambda: closed.append("closed"))
        with theirs:
            for _ in range(2 * MAX_UNREAD >> 20):
                pipe.feed(bytes(1 << 20))
                if closed:
                    break
            return list(closed)

    assert asyncio.run(run()) == ["closed"]


def test_the_rest_is_given_to_a_slow_command_after_the_end() -> None:
    async def run() -> int:
        ours, theirs = socket.socketpair()
        theirs.setblocking(False)
        pipe = PanePipe(ours, to_command=True, typed=None, closed=lambda: None)
        pipe.feed(bytes(4 << 20))
        pipe.finish()
        pipe.feed(b"too late")
        count = 0
        loop = asyncio.get_running_loop()
        with theirs:
            while data := await loop.sock_recv(theirs, 1 << 20):
                count += len(data)
        return count

    assert asyncio.run(run()) == 4 << 20


def test_a_command_that_has_ended_closes_the_pipe_with_the_next_output() -> None:
    async def run() -> list[str]:
        ours, theirs = socket.socketpair()
        closed: list[str] = []
        pipe = PanePipe(ours, to_command=True, typed=None, closed=lambda: closed.append("closed"))
        theirs.close()
        pipe.feed(b"text")
        return closed

    assert asyncio.run(run()) == ["closed"]


def test_the_last_words_of_a_command_that_reads_no_more_are_heard() -> None:
    async def run() -> tuple[list[bytes], list[str]]:
        ours, theirs = socket.socketpair()
        heard: list[bytes] = []
        closed: list[str] = []
        ended = asyncio.Event()

        def close() -> None:
            closed.append("closed")
            ended.set()

        pipe = PanePipe(ours, to_command=True, typed=heard.append, closed=close)
        theirs.sendall(b"last words")
        theirs.close()
        pipe.feed(b"more output")
        async with asyncio.timeout(30):
            await ended.wait()
        return heard, closed

    assert asyncio.run(run()) == ([b"last words"], ["closed"])
