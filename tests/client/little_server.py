"""A server that speaks the protocol and shows what a test tells it to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from aimux.protocol.client_messages import FrameShown, Hello, KeyPressed, Pasted, Resized, TextTyped
from aimux.protocol.facts import (
    AgentFact,
    CommandFact,
    ContextFact,
    MessageFact,
    ProblemFact,
    TaskFact,
)
from aimux.protocol.framing import client_decoder, encode
from aimux.protocol.message import PROTOCOL_MAX, Message
from aimux.protocol.picture_messages import Cells, Cursor, Frame, Layout, PaneBox, PaneRows
from aimux.protocol.server_messages import Facts, Welcome

NOW = 1_800_000_000.0
DEADLINE = 30.0
CURSOR = Cursor(row=2, column=5, visible=True, shape=0)

FACTS = Facts(
    pane="%3",
    title="1: zsh",
    path="/home/ada/projects/analytical-engine/cards/operations",
    commands=(
        CommandFact("make -j8 all", NOW - 12, None, None, id=9),
        CommandFact("git status", NOW - 40, 0.012, 0, id=8),
        CommandFact(
            "pytest -q tests/engine",
            NOW - 100,
            3.42,
            1,
            id=7,
            tool="pytest",
            status="fail",
            headline="1 failed 10 passed",
            problems=(
                ProblemFact("tests/engine/test_cards.py", 41, None, "error", "test_[b]loops", 12),
            ),
        ),
        CommandFact("ssh babbage uptime", NOW - 8000, 125.0, 255, id=6),
        CommandFact("ls", NOW - 9000, 0.004, None, id=5),
    ),
    agents=(
        AgentFact(
            2,
            "api",
            "api:0.1",
            "codex",
            "working",
            "",
            NOW - 190,
            "OSC 7501",
            window="server",
            context=ContextFact(122_000, 200_000, 61, growth=4_000),
            cost=1.84,
        ),
        AgentFact(
            1,
            "web",
            "web:0.0",
            "claude",
            "waiting",
            "",
            NOW - 42,
            "OSC 7501",
            window="pages",
            reason="permission",
            request="run `rm -rf [b]uild`?",
            request_id=5,
            answers=(("y", "allow"), ("n", "deny")),
            context=ContextFact(950_000, 1_000_000, 95, assumed=True),
        ),
        AgentFact(4, "docs", "docs:2.0", "gemini", "done", "", NOW - 5, "OSC 7501"),
        AgentFact(5, "ops", "ops:0.0", "aider", "unknown", "", NOW - 7300, ""),
    ),
    messages=(
        MessageFact(2, "api", "docs", "task", "read", NOW - 125, "update README", pane=4),
        MessageFact(1, "docs", "me", "request", "delivered", NOW - 5, "which [i]licence?"),
    ),
    tasks=(
        TaskFact(1, "write the cards", "done", "claude", "normal", NOW - 900),
        TaskFact(2, "test loops", "working", "codex", "high", NOW - 190, progress=40, pane=2),
        TaskFact(3, "publish", "blocked", "", "normal", NOW - 190, needs=(2,)),
        TaskFact(4, "order brass", "failed", "gemini", "normal", NOW - 60, pane=4),
    ),
)


def pane_text(name: str, row: int, columns: int) -> str:
    """A row of a pane: a coloured word and blanks, the way the server renders rows."""
    text = f"{name} row {row}"[:columns]
    left = columns - len(text)
    erase = f"\x1b[{left}X" if left else ""
    return f"\x1b[{31 + row % 7}m{text}\x1b[m{erase}"


class LittleServer:
    """One attached client at a time. Answers hello and resize with two panes and a status line.

    With `silent` it answers hello with nothing, until `show_window`.
    """

    def __init__(self) -> None:
        self.silent = False
        self.received: list[Message] = []
        self.hello: Hello | None = None
        self.size = (0, 0, 0)
        self.closed = False
        self._writer: asyncio.StreamWriter | None = None
        self._reader: asyncio.Transport | None = None
        self._generation = 0
        self._number = 0
        self._news = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._reader = writer.transport if isinstance(writer.transport, asyncio.Transport) else None
        decoder = client_decoder()
        try:
            while data := await reader.read(1 << 16):
                for message in decoder.feed(data):
                    self._take(message)
                self._tell()
        except ConnectionError:
            pass
        finally:
            self.closed = True
            self._tell()
            writer.close()

    def send(self, *messages: Message) -> None:
        assert self._writer is not None
        self._writer.write(b"".join(map(encode, messages)))

    def stop_reading(self) -> None:
        assert self._reader is not None
        self._reader.pause_reading()

    def read_on(self) -> None:
        assert self._reader is not None
        self._reader.resume_reading()

    def hang_up(self) -> None:
        assert self._writer is not None
        self._writer.close()

    async def wait_for(self, condition: Callable[[], object]) -> None:
        """Wait until something received makes `condition` true."""
        async with asyncio.timeout(DEADLINE):
            while not condition():
                self._news.clear()
                await self._news.wait()

    def pressed(self) -> list[str]:
        return [message.name for message in self.received if isinstance(message, KeyPressed)]

    def text(self) -> bytes:
        return b"".join(m.raw for m in self.received if isinstance(m, TextTyped))

    def pasted(self) -> bytes:
        return b"".join(m.data for m in self.received if isinstance(m, Pasted))

    def shown(self) -> list[int]:
        return [message.number for message in self.received if isinstance(message, FrameShown)]

    def show_window(self) -> None:
        """Another layout with two panes side by side, and the frame that fills it."""
        layout = self.layout()
        panes = tuple(
            PaneRows(
                box.pane,
                tuple(
                    (row, pane_text(f"%{box.pane}", row, box.columns)) for row in range(box.rows)
                ),
            )
            for box in layout.panes
        )
        status = f"\x1b[30;42m[work] 0:zsh*{' ' * self.size[0]}"[: self.size[0] + 8] + "\x1b[m"
        self.send(layout, self.frame(panes=panes, status=((0, status),)))

    def layout(self) -> Layout:
        self._generation += 1
        columns, rows, sidebar = self.size
        width, height = columns - sidebar, max(rows - 1, 1)
        left = max((width - 1) // 2, 1)
        boxes = [PaneBox(1, 0, 0, left, height, active=True)]
        borders: list[Cells] = []
        if width - left - 1 > 0:
            boxes.append(PaneBox(2, left + 1, 0, width - left - 1, height, active=False))
            borders = [Cells(row, left, 1, "\x1b[32m│\x1b[m") for row in range(height)]
        return Layout(
            generation=self._generation,
            columns=columns,
            rows=rows,
            panes=tuple(boxes),
            borders=tuple(borders),
            status_rows=(rows - 1,),
        )

    def frame(
        self,
        *,
        panes: tuple[PaneRows, ...] = (),
        status: tuple[tuple[int, str], ...] = (),
        cursor: Cursor = CURSOR,
        generation: int | None = None,
    ) -> Frame:
        self._number += 1
        number = self._generation if generation is None else generation
        return Frame(self._number, number, panes, status, cursor)

    def row(self, pane: int, row: int, text: str, columns: int) -> Frame:
        """The frame in which one row of a pane is `text`."""
        return self.frame(panes=(PaneRows(pane, ((row, text.ljust(columns)[:columns]),)),))

    def _take(self, message: Message) -> None:
        self.received.append(message)
        if isinstance(message, Hello):
            self.hello = message
            self.size = (message.columns, message.rows, message.sidebar_columns)
            self.send(Welcome(PROTOCOL_MAX, "0.1.0"))
            if not self.silent:
                self.show_window()
                self.send(FACTS)
        elif isinstance(message, Resized):
            self.size = (message.columns, message.rows, message.sidebar_columns)
            self.show_window()

    def _tell(self) -> None:
        self._news.set()


@asynccontextmanager
async def little_server(directory: Path) -> AsyncIterator[tuple[LittleServer, str]]:
    """A running server and the path of its socket."""
    server = LittleServer()
    path = str(directory / "socket")
    listener = await asyncio.start_unix_server(server.serve, path)
    try:
        yield server, path
    finally:
        listener.close()
        if server.hello is not None:
            server.hang_up()
            await server.wait_for(lambda: server.closed)
