"""A world for aimux: its own directories and environment, as a script or on terminals."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import aimux
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, wait_until

CODE = Path(aimux.__file__).resolve().parents[1]
COMMAND = (sys.executable, "-m", "aimux", "-f", os.devnull)
PREFIX = b"\x02"


class World:
    """One server's surroundings.

    Attributes:
        directory: Everything that is made stands below it.
        environment: What every process is given.
        socket: The server's socket.
        bus: The URL of the fleet that its server is to be in; "" for none.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "XDG_STATE_HOME": str(directory / "state"),
            "AIMUX_TMPDIR": str(directory),
            "PYTHONPATH": str(CODE),
            "SHELL": "/bin/sh",
            "PS1": "$ ",
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        self.socket = directory / f"aimux-{os.getuid()}" / "default"
        self.bus = ""
        self._terminals: list[Terminal] = []

    # ---- commands ----

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run a command as a script does."""
        return subprocess.run(
            (*COMMAND, *words),
            env={**self.environment, **settings},
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=False,
        )

    def do(self, *words: str, **settings: str) -> str:
        """The output of a command that has to succeed."""
        done = self.run(*words, **settings)
        assert (done.returncode, done.stderr) == (0, ""), (words, done)
        return done.stdout

    def command_line(self, *words: str) -> str:
        """The same command as a line for a shell."""
        return shlex.join((*COMMAND, *words))

    def ask(self, template: str, target: str = "") -> str:
        """What a format gives."""
        return self.do("display-message", "-p", "-t", target, template).removesuffix("\n")

    def seen(self, target: str = "", *flags: str) -> str:
        """The text of a pane."""
        return self.do("capture-pane", "-p", *flags, "-t", target)

    def wait_for(self, text: str, target: str = "") -> str:
        """Wait until a pane shows `text`; all that it shows."""
        found = ""

        def shows() -> bool:
            nonlocal found
            found = self.seen(target)
            return text in found

        wait_until(shows, state=lambda: f"wanted {text!r}, saw\n{found}")
        return found

    def join(self, host: str = "here") -> None:
        """Let the server be a host of its fleet, if it is to be in one."""
        if self.bus:
            self.do("set", "-s", "fleet-name", host, ";", "set", "-s", "bus-url", self.bus)
            wait_until(self.is_connected, state=lambda: self.run("fleet", "status"))

    def is_connected(self) -> bool:
        """Whether the server is connected with its fleet."""
        return ": connected" in self.run("fleet", "status").stdout

    # ---- terminals ----

    def terminal(self, *words: str, columns: int = 80, rows: int = 24, **settings: str) -> Terminal:
        """A terminal that aimux is started on."""
        return self.terminal_of(*COMMAND, *words, columns=columns, rows=rows, **settings)

    def terminal_of(
        self, *argv: str, columns: int = 80, rows: int = 24, **settings: str
    ) -> Terminal:
        """A terminal with any program."""
        terminal = Terminal(
            argv,
            {**self.environment, **settings},
            columns=columns,
            rows=rows,
            cwd=self.directory,
        )
        self._terminals.append(terminal)
        return terminal

    def attached(self, session: str = "work", *, columns: int = 80, rows: int = 24) -> Terminal:
        """A terminal that shows a session, which is made where it is missing; keys are heard."""
        terminal = self.terminal("new", "-A", "-s", session, columns=columns, rows=rows)
        self.wait_until_live(terminal, session)
        return terminal

    def wait_until_live(self, terminal: Terminal, session: str = "work") -> None:
        """Wait until the client's process has taken the terminal over from the guard."""
        terminal.wait_for(b"\x1b[?2004h")
        terminal.wait_for(f"[{session}]")

    # ---- the server ----

    def server(self) -> int:
        """The server's process."""
        return int(self.ask("#{pid}"))

    def processes(self) -> Iterator[int]:
        """Every process that was started in this world and still runs."""
        mark = f"AIMUX_TMPDIR={self.directory}".encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                with contextlib.suppress(OSError):
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        yield int(entry.name)

    def servers(self) -> list[int]:
        """The processes that listen: each stands alone in its session and has init as parent."""
        return [pid for pid in self.processes() if _is_daemon(pid)]

    def close(self) -> None:
        """End everything."""
        for terminal in self._terminals:
            terminal.close()
        for pid in self.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def _is_daemon(pid: int) -> bool:
    with contextlib.suppress(OSError):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        parent = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1]
        return b"aimux" in command and parent == "1"
    return False
