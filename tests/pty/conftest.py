from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterator

import pytest

from aimux.pty.process import PtyProcess, spawn

DEADLINE_SECONDS = 30.0


class Program:
    """A program on a terminal, and all that it wrote."""

    def __init__(self, process: PtyProcess) -> None:
        self.process = process
        self.output = b""

    def wait_for(self, text: bytes) -> bytes:
        self._read_until(lambda: text in self.output)
        return self.output

    def wait_for_end(self) -> tuple[int, bytes]:
        self._read_until(lambda: self._at_end)
        _, status = os.waitpid(self.process.pid, 0)
        self.process.wait_status = status
        return os.waitstatus_to_exitcode(status), self.output

    _at_end = False

    def _read_until(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < deadline, self.output
            select.select([self.process.fd], [], [], 0.1)
            data = self.process.read()
            self._at_end = data == b""
            self.output += data or b""


class Starter:
    def __init__(self) -> None:
        self._programs: list[Program] = []

    def __call__(
        self,
        *argv: str,
        cwd: str = "/",
        environment: dict[str, str] | None = None,
        executable: str | None = None,
        rows: int = 24,
        columns: int = 80,
        may_be_missing: bool = False,
    ) -> Program:
        variables = {"PATH": os.environ["PATH"], "TERM": "xterm"} | (environment or {})
        process = spawn(
            argv,
            cwd=cwd,
            environment=variables,
            rows=rows,
            columns=columns,
            executable=executable,
            may_be_missing=may_be_missing,
        )
        self._programs.append(Program(process))
        return self._programs[-1]

    def close(self) -> None:
        for program in self._programs:
            if program.process.wait_status is None and program.process.reap() is None:
                os.kill(program.process.pid, signal.SIGKILL)
                os.waitpid(program.process.pid, 0)
            program.process.close()


@pytest.fixture
def start() -> Iterator[Starter]:
    starter = Starter()
    yield starter
    starter.close()
