"""Shell commands that the server runs: `run-shell`, `if-shell` and the `#()` of formats."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass

from aimux.commands.effects import RunningJob, ShellResult
from aimux.errors import CommandError
from aimux.security.clean import clean
from aimux.server.supervision import supervised

MAX_OUTPUT = 1 << 20
MAX_FORMAT_JOBS = 200
MAX_JOBS = 500
FORMAT_JOB_SECONDS = 1.0
FORMAT_JOB_COLUMNS = 500


@dataclass(slots=True)
class FormatJob:
    """A `#()` command: what it printed last, and when it was started."""

    output: str = ""
    started: float = -1e9
    running: bool = False


class Jobs:
    """The server's running shell commands.

    Args:
        tasks: The group that they run in.
        changed: Called when a `#()` command printed something new.
    """

    def __init__(self, tasks: asyncio.TaskGroup, *, changed: Callable[[], None]) -> None:
        self._tasks = tasks
        self._changed = changed
        self._format_jobs: dict[tuple[str, str], FormatJob] = {}
        self._processes: dict[asyncio.subprocess.Process, str] = {}
        self._awaited: set[asyncio.Task[None]] = set()

    def run(  # noqa: PLR0913  # each is a fact of its own about a job
        self,
        command: str,
        *,
        path: str,
        environment: dict[str, str],
        done: Callable[[ShellResult], None],
        given: bytes = b"",
        awaited: bool = True,
        with_errors: bool = False,
    ) -> None:
        """Run a command by /bin/sh; `done` is called once, also if it could not be started.

        Args:
            command: A line for the shell.
            path: Where it runs.
            environment: All of its environment.
            done: Told how it ended.
            given: Its standard input.
            awaited: Whether `finish` waits for it.
            with_errors: Whether its standard error counts as output; else it is dropped.

        Raises:
            CommandError: Too many run already.
        """
        if len(self._processes) >= MAX_JOBS:
            raise CommandError("too many jobs")

        async def work() -> None:
            done(await self._run(command, path, environment, given, with_errors=with_errors))

        task = self._tasks.create_task(supervised("run-shell", work()))
        if awaited:
            self._awaited.add(task)
            task.add_done_callback(self._awaited.discard)

    async def _run(
        self,
        command: str,
        path: str,
        environment: dict[str, str],
        given: bytes,
        *,
        with_errors: bool,
    ) -> ShellResult:
        errors = asyncio.subprocess.STDOUT if with_errors else asyncio.subprocess.DEVNULL
        try:
            process = await asyncio.create_subprocess_exec(
                "/bin/sh",
                "-c",
                command,
                stdin=asyncio.subprocess.PIPE if given else asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                cwd=path if os.path.isdir(path) else "/",  # noqa: ASYNC240, PTH112  # one stat
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            return ShellResult(127, str(error.strerror))
        self._processes[process] = command
        try:
            _give(process, given)
            output = await _read_limited(process)
            status = await process.wait()
        finally:
            del self._processes[process]
            _kill(process)
        text = output.decode("utf-8", "replace")
        return ShellResult(status if status >= 0 else 128 - status, text)

    def format_job(self, command: str, *, path: str, environment: dict[str, str]) -> str:
        """The last line that `command` printed; it is run again once a second at most."""
        key = (command, path)
        job = self._format_jobs.get(key)
        if job is None:
            job = self._new_format_job(key)
        now = asyncio.get_running_loop().time()
        if not job.running and now - job.started >= FORMAT_JOB_SECONDS:
            job.started, job.running = now, True
            self.run(
                command,
                path=path,
                environment=environment,
                done=lambda result: self._format_job_done(job, result),
                awaited=False,
            )
        return job.output

    def _new_format_job(self, key: tuple[str, str]) -> FormatJob:
        while len(self._format_jobs) >= MAX_FORMAT_JOBS:
            del self._format_jobs[next(iter(self._format_jobs))]
        self._format_jobs[key] = FormatJob()
        return self._format_jobs[key]

    def _format_job_done(self, job: FormatJob, result: ShellResult) -> None:
        lines = result.output.splitlines()
        output = clean(lines[-1], limit=FORMAT_JOB_COLUMNS) if lines else ""
        changed, job.output, job.running = output != job.output, output, False
        if changed:
            self._changed()

    def running(self) -> list[RunningJob]:
        """The commands that run, the newest first."""
        return [RunningJob(name, one.pid) for one, name in reversed(self._processes.items())]

    async def finish(self, seconds: float) -> None:
        """Let what runs now end by itself, but for `#()` commands."""
        if self._awaited:
            await asyncio.wait(self._awaited, timeout=seconds)

    def stop(self) -> None:
        """Kill what still runs; the server is leaving."""
        for process in self._processes:
            _kill(process)


def _give(process: asyncio.subprocess.Process, given: bytes) -> None:
    if process.stdin is not None:
        process.stdin.write(given)
        process.stdin.close()


async def _read_limited(process: asyncio.subprocess.Process) -> bytes:
    if process.stdout is None:
        raise AssertionError("the output of a job is a pipe")
    output = bytearray()
    while data := await process.stdout.read(65536):
        output += data[: MAX_OUTPUT - len(output)]
    return bytes(output)


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
