"""The programs that tests here run: the real tmux 3.3a, aimux, and the `tmux` that is aimux."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from aimux.integrations.tmux_shim import make_shim
from tests.compat.differences import normalised

ROOT = Path(__file__).parents[2]
DEADLINE_SECONDS = 30.0
HELD_SECONDS = 5.0
CONFIGURATION = "start.conf"
NEVER = "It never came, but: "
SHIM = "shim"
BASE_ENVIRONMENT = {
    "SHELL": "/bin/sh",
    "PS1": "$ ",
    "LC_ALL": "C.UTF-8",
    "TERM": "xterm-256color",
    "TZ": "UTC",
}

Result = tuple[int, str, str]
"""Exit code, standard output, standard error."""


@dataclass(frozen=True)
class Program:
    """One program with a socket directory, a home and a working directory of its own.

    Called with the words of a command it runs them and returns a `Result` in which the directory
    is `WORK`, the socket is `SOCKET`, and what differs on purpose is as tmux has it.
    """

    name: str
    directory: Path

    def prepare(self) -> None:
        """Write the configuration file."""
        (self.directory / CONFIGURATION).write_text("set -g automatic-rename off\n")
        if self.name == SHIM:
            make_shim(self.directory / "bin")

    def __call__(self, *words: str, given: str | None = None) -> Result:
        done = subprocess.run(
            [*self.command(), *words],
            capture_output=True,
            check=False,
            cwd=self.directory,
            env=self.environment(),
            input=os.fsencode(given or ""),
            timeout=DEADLINE_SECONDS * 2,
        )
        return done.returncode, self._text(done.stdout), self._text(done.stderr)

    def held_open(self, *words: str, given: str, lines: int) -> Result:
        """The same, but standard input stays open until so many lines were written.

        At most for HELD_SECONDS, since one that has less to say would wait for ever.
        """
        with subprocess.Popen(
            [*self.command(), *words],
            cwd=self.directory,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            timer = threading.Timer(HELD_SECONDS, process.stdin.close)
            timer.start()
            # What is there too early tmux may run before the command that it was started with.
            output = process.stdout.readline() if lines else b""
            process.stdin.write(os.fsencode(given))
            process.stdin.flush()
            output += b"".join(process.stdout.readline() for _ in range(lines - 1))
            timer.cancel()
            process.stdin.close()
            output += process.stdout.read()
            error = process.stderr.read()
        return process.returncode, self._text(output), self._text(error)

    def command(self) -> list[str]:
        """The program's own words. Windows keep their names, which programs would change."""
        program = {
            "tmux": [shutil.which("tmux") or "tmux"],
            "aimux": [sys.executable, "-m", "aimux"],
            SHIM: [str(self.directory / "bin" / "tmux")],
        }[self.name]
        return [*program, "-f", str(self.directory / CONFIGURATION)]

    def environment(self) -> dict[str, str]:
        """What it runs in: nothing of the tester's but the path."""
        own = {
            "HOME": str(self.directory),
            "TMUX_TMPDIR": str(self.directory),
            "PATH": f"{self.directory}/bin:{os.environ['PATH']}",
        }
        # Panes inherit the path of modules: an empty one would differ from tmux's panes.
        extra = {"PYTHONPATH": str(ROOT)} if self.name == "aimux" else {}
        return {**BASE_ENVIRONMENT, **own, **extra}

    @property
    def socket(self) -> str:
        """Where its server listens."""
        name = "aimux" if self.name == "aimux" else "tmux"
        return f"{self.directory}/{name}-{os.getuid()}/default"

    def _text(self, data: bytes) -> str:
        text = os.fsdecode(data).replace(self.socket, "SOCKET").replace(str(self.directory), "WORK")
        return normalised(self.name, text)

    def until(self, wanted: str, words: list[str]) -> Result:
        """Repeat a command until its output holds `wanted`.

        Only `wanted` is returned of the output: more of it may come at any moment. If it never
        comes, the last output is returned behind `NEVER`.
        """
        deadline = time.monotonic() + DEADLINE_SECONDS
        result = self(*words)
        while wanted not in result[1] and time.monotonic() < deadline:
            result = self(*words)
        seen = wanted if wanted in result[1] else f"{NEVER}{result[1]}"
        return result[0], seen, result[2]

    def script(self, text: str) -> list[tuple[str, Result]]:
        """Run the lines of a script; every line with its result.

        A line holds the words of one command line, quoted as for a shell. Before them may stand
        `until TEXT:` (repeat until the output holds TEXT), `file NAME:` (write the rest, with its
        escapes, to a file) or `give TEXT:` (standard input).
        """
        steps = [line.strip() for line in text.strip().splitlines()]
        return [(line, self._step(line)) for line in steps if line and not line.startswith("##")]

    def _step(self, line: str) -> Result:
        for directive, action in (
            ("until ", self._step_until),
            ("file ", self._step_file),
            ("give ", self._step_give),
        ):
            if line.startswith(directive):
                head, _, rest = line.removeprefix(directive).partition(": ")
                return action(head, rest)
        return self(*shlex.split(line))

    def _step_until(self, wanted: str, rest: str) -> Result:
        return self.until(wanted.encode().decode("unicode_escape"), shlex.split(rest))

    def _step_file(self, name: str, rest: str) -> Result:
        (self.directory / name).write_text(rest.encode().decode("unicode_escape"))
        return 0, "", ""

    def _step_give(self, given: str, rest: str) -> Result:
        return self(*shlex.split(rest), given=given)
