"""One client in control mode: lines of commands in, guarded blocks and notifications out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from aimux.commands.command import Source
from aimux.integrations.control_mode import guard, line_of, visible
from aimux.model.client import Client
from aimux.model.control import Control
from aimux.server.clock import Clock
from aimux.server.connection import Connection

PIECE_CHARACTERS = 16 << 10
MAX_LINE_BYTES = 1 << 20
LINGER_SECONDS = 30.0  # a client that reads slowly is told why it has to leave
TOO_FAR_BEHIND = "too far behind"


class ControlClient:
    """It is asked (`Requester`), told where commands begin and end (`Guards`), and written to.

    Args:
        numbers: Counts the commands of all control clients.
        hopeless: Called when the client has not read for too long and has to leave.
        wrote: Called when something that waited has been written.

    Attributes:
        status: The exit status so far.
        leaving: Whether it is to end as soon as it has been told what happened.
        reason: Why it ends, where its process is to say that.
    """

    def __init__(  # noqa: PLR0913  # it is where a client's parts meet
        self,
        client: Client,
        control: Control,
        connection: Connection,
        clock: Clock,
        *,
        numbers: Iterator[int],
        hopeless: Callable[[], None],
        wrote: Callable[[], None],
    ) -> None:
        self.client = client
        self.control = control
        self.connection = connection
        self.status = 0
        self.leaving = False
        self.reason = ""
        self._clock = clock
        self._numbers = numbers
        self._hopeless = hopeless
        self._wrote = wrote
        self._began = 0.0
        self._number = 0
        self._erred = False
        self._input = bytearray()
        self._awake = asyncio.Event()
        self._finished = False

    # ---- whom commands answer ----

    def output(self, text: str) -> None:
        """A line for the client."""
        self.control.say(text)

    def raw(self, text: str) -> None:
        """The same for a buffer, of which all is to be seen."""
        self.output(visible(text))

    def error(self, text: str) -> None:
        """A line in the block, which ends with `%error`."""
        self.status = self.status or 1
        self._erred = True
        self.output(text)

    def fail(self, status: int) -> None:
        """Only the exit status."""
        self.status = status

    # ---- blocks ----

    def begin(self, source: Source) -> None:
        """Open a command's block."""
        self._began = self._clock.wall()
        self._number = next(self._numbers)
        self._erred = False
        self._guard("begin", source)

    def end(self, source: Source, *, failed: bool) -> None:
        """Close it."""
        self._guard("error" if failed or self._erred else "end", source)
        self.wake()

    def _guard(self, word: str, source: Source) -> None:
        text = guard(word, time=self._began, number=self._number, typed=source.typed)
        self.control.say(text)

    def refuse(self, text: str, source: Source) -> None:
        """A line that is not run: a block of its own, which does not count as a failure."""
        self.begin(source)
        self.control.say(text)
        self.end(source, failed=True)

    # ---- what it types ----

    def lines(self, data: bytes) -> Iterator[str]:
        """The lines that are whole now; an overlong one makes the client leave."""
        self._input += data
        *whole, rest = self._input.split(b"\n")
        self._input = rest
        for line in whole:
            # A string of C, and so a line of tmux's, ends at a null character.
            yield line.partition(b"\0")[0].decode("utf-8", "surrogateescape")
        if len(rest) > MAX_LINE_BYTES:
            self._input.clear()
            yield ""

    # ---- what it is sent ----

    def wake(self) -> None:
        """There may be something to write."""
        self._awake.set()

    async def write(self) -> None:
        """Write what waits, no faster than it is read, until `finish`."""
        while not self._finished:
            await self._awake.wait()
            self._awake.clear()
            await self._write_waiting()
            if self.control.hopeless and not self.leaving:
                self._hopeless()

    async def _write_waiting(self) -> None:
        while text := self._next_text():
            self.connection.reply({"type": "output", "text": text})
            await self.connection.drained()
            self._wrote()

    def _next_text(self) -> str:
        """As many lines as fit into a piece."""
        now = self._clock.monotonic()
        extended = self.control.pause_after is not None
        lines, length = [], 0
        while length < PIECE_CHARACTERS:
            entry = self.control.take(now=now)
            if entry is None:
                break
            line = line_of(entry, now=now, extended=extended)
            lines.append(f"{line}\n")
            length += len(line)
        return "".join(lines)

    def finish(self, *, linger_seconds: float = LINGER_SECONDS) -> None:
        """Write the last lines, but no output of panes, and end; nothing is written twice."""
        if self._finished:
            return
        self._finished = True
        self.control.drop_output()
        while text := self._next_text():
            self.connection.reply({"type": "output", "text": text})
        self.connection.reply(
            {
                "type": "exit",
                "status": self.status,
                "message": self.reason,
                "wait": self.control.wait_exit,
            }
        )
        self.connection.close(linger_seconds=linger_seconds)
        self.wake()
