"""An agent's side of `aimux mcp`: a process with pipes, and its answers by id."""

from __future__ import annotations

import json
import os
import select
import subprocess
from typing import Any

from tests.end_to_end.world import COMMAND, World
from tests.waiting import DEADLINE_SECONDS


class Agent:
    """A process of `aimux mcp` in a world, by default in no pane."""

    def __init__(self, world: World, **settings: str) -> None:
        self.process = subprocess.Popen(
            (*COMMAND, "mcp"),
            env={**world.environment, **settings},
            cwd=world.directory,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._buffer = b""
        self._last = 0

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, method: str, **params: object) -> int:
        """Send a request; its id."""
        self._last += 1
        request = {"jsonrpc": "2.0", "id": self._last, "method": method, "params": params}
        self.write(json.dumps(request).encode() + b"\n")
        return self._last

    def notify(self, method: str, **params: object) -> None:
        """Send a notification."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        self.write(json.dumps(message).encode() + b"\n")

    def receive(self) -> Any:
        """The next message."""
        assert self.process.stdout is not None
        while b"\n" not in self._buffer:
            descriptor = self.process.stdout.fileno()
            ready, _, _ = select.select([descriptor], [], [], DEADLINE_SECONDS)
            assert ready, "no answer"
            data = os.read(descriptor, 65536)
            assert data, "it has ended"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return json.loads(line)

    def ask(self, method: str, **params: object) -> Any:
        """The answer to a request, where no other is on its way."""
        sent = self.send(method, **params)
        answer = self.receive()
        assert answer["id"] == sent, answer
        return answer

    def start(self, tool: str, **arguments: object) -> int:
        """Call a tool; the id."""
        return self.send("tools/call", name=tool, arguments=arguments)

    def call(self, tool: str, **arguments: object) -> tuple[str, bool]:
        """The text that a tool gives, and whether it is an error."""
        return outcome(self.ask("tools/call", name=tool, arguments=arguments))

    def done(self, tool: str, **arguments: object) -> str:
        """The text of a tool that has to succeed."""
        text, is_error = self.call(tool, **arguments)
        assert not is_error, text
        return text

    def end(self) -> int:
        """Close its input; the exit status."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        status = self.process.wait(DEADLINE_SECONDS)
        self.process.stdout.close()
        return status

    def close(self) -> None:
        """End it, however it is."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


def outcome(answer: Any) -> tuple[str, bool]:
    """The text and the error flag in the answer to a call."""
    (content,) = answer["result"]["content"]
    assert content["type"] == "text"
    return content["text"], answer["result"]["isError"]
