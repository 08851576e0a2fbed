"""Commands over the socket, without a process for each, and news of agents as they come."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aimux.link.connection import Connection
from aimux.link.request import run_request
from tests.end_to_end.world import World

MAX_NEWS = 20_000
PATIENCE_SECONDS = 60.0

Fact = dict[str, object]


def ask(world: World, *words: str) -> str:
    """What a command prints that has to succeed."""
    connection = Connection(str(world.socket), patience_seconds=PATIENCE_SECONDS)
    try:
        connection.send(run_request(words, world.environment, flags={}))
        said = ""
        while (reply := connection.receive()) is not None:
            said += str(reply.get("text", ""))
            if reply.get("type") == "exit":
                assert reply.get("status") == 0, (words, said)
                return said
    finally:
        connection.close()
    raise AssertionError(f"no answer to {words}")


@dataclass(frozen=True, slots=True)
class News:
    """A turn of an agent, as aimux told it.

    Attributes:
        at: When it was told, seconds since the epoch.
        pane: As `%3`.
        fact: All that is known.
    """

    at: float
    pane: str
    fact: Fact

    @property
    def state(self) -> str:
        """What the agent does."""
        return str(self.fact["state"])


class StateWatch:
    """Follows `agents --json --watch`, which tells every turn when it is known."""

    def __init__(self, world: World) -> None:
        self._news: deque[News] = deque(maxlen=MAX_NEWS)
        self._told = threading.Condition()
        self._connection = Connection(str(world.socket))
        words = ("agents", "--json", "--watch")
        self._connection.send(run_request(words, world.environment, flags={}))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        same = socket.socket(fileno=os.dup(self._connection.fileno()))
        with same, contextlib.suppress(OSError):  # the server has ended
            same.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()

    def of(self, pane: str, since: float = 0.0) -> list[News]:
        """What was told of a pane since a time, oldest first."""
        with self._told:
            return [one for one in self._news if one.pane == pane and one.at >= since]

    def wait(self, found: Callable[[], bool], seconds: float) -> bool:
        """Wait until something is so, looking whenever there is news; whether it became so."""
        deadline = time.monotonic() + seconds
        while not found():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            with self._told:
                self._told.wait(min(left, 0.1))
        return True

    def _listen(self) -> None:
        rest = ""
        while (reply := self._next()) is not None:
            *lines, rest = (rest + str(reply.get("text", ""))).split("\n")
            now = time.clock_gettime(time.CLOCK_REALTIME)
            facts = [json.loads(line) for line in lines if line]
            with self._told:
                self._news += [News(now, str(fact["pane"]), fact) for fact in facts]
                self._told.notify_all()

    def _next(self) -> Mapping[str, object] | None:
        try:
            return self._connection.receive()
        except OSError:
            return None
