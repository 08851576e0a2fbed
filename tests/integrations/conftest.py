"""A real shell in a real PTY, started through `inject`, with a HOME of its own."""

import os
import re
import select
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from ptyprocess import PtyProcess

from aimux.integrations.shell_integration import inject
from aimux.semantic.marks import Mark, OutputStart, PromptStart, parse_mark
from aimux.semantic.segments import CommandLog, CommandRecord, Moment
from tests.programs import needs

NONCE = "0123456789abcdef"
DEADLINE_SECONDS = 30.0
OSC = re.compile(rb"\x1b\](\d+);([^\x07\x1b]*)(?:\x07|\x1b\\)")


class Shell:
    """What a shell wrote, its marks in order, and the commands that they make."""

    def __init__(self, argv: list[str], environment: Mapping[str, str], directory: Path) -> None:
        self._process = PtyProcess.spawn(
            argv, cwd=str(directory), env=dict(environment), dimensions=(40, 200)
        )
        self.output = b""
        self._parsed = 0
        self.marks: list[Mark] = []
        self.log = CommandLog()
        self.records: list[CommandRecord] = []

    def wait(
        self, is_so: Callable[[], bool], what: str, *, seconds: float = DEADLINE_SECONDS
    ) -> None:
        deadline = time.monotonic() + seconds
        while not is_so():
            left = deadline - time.monotonic()
            assert left > 0, f"no {what} in {self.output!r}"
            if select.select([self._process.fd], [], [], left)[0]:
                self.output += os.read(self._process.fd, 65536)
                self._parse()

    def wait_for_end(self) -> None:
        """Wait until the shell has ended and all that it wrote is read."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while time.monotonic() < deadline:
            if select.select([self._process.fd], [], [], 0.1)[0]:
                try:
                    self.output += os.read(self._process.fd, 65536)
                except OSError:
                    return
        raise AssertionError(f"still running: {self.output!r}")

    def _parse(self) -> None:
        for found in OSC.finditer(self.output, self._parsed):
            self._parsed = found.end()
            mark = parse_mark(int(found[1]), os.fsdecode(found[2]), nonce=NONCE)
            if mark is None:
                continue
            self.marks.append(mark)
            now = time.monotonic()
            record = self.log.feed(mark, Moment(len(self.marks), 0, now, now))
            if record is not None and not record.is_running:
                self.records.append(record)

    def count(self, kind: type[Mark]) -> int:
        return sum(isinstance(mark, kind) for mark in self.marks)

    def ready(self) -> None:
        """Wait for the first prompt."""
        self.wait(lambda: self.count(PromptStart) >= 1, "prompt")

    def type(self, text: str) -> None:
        self._process.write(text.encode())

    def run(self, line: str) -> CommandRecord:
        """Type a command line, wait for its end and for the prompt after it."""
        commands, prompts = len(self.records), self.count(PromptStart)
        self.type(line.replace("\n", "\r") + "\r")
        self.wait(lambda: len(self.records) > commands, f"end of {line!r}")
        self.wait(lambda: self.count(PromptStart) > prompts, f"prompt after {line!r}")
        return self.records[-1]

    def enter(self, line: str = "") -> None:
        """Type a line that runs nothing, wait for the prompt after it."""
        prompts = self.count(PromptStart)
        self.type(line + "\r")
        self.wait(lambda: self.count(PromptStart) > prompts, f"prompt after {line!r}")

    def start(self, line: str) -> None:
        """Type a command line, wait until it runs."""
        started = self.count(OutputStart)
        self.type(line + "\r")
        self.wait(lambda: self.count(OutputStart) > started, f"start of {line!r}")

    def visible(self) -> str:
        """What is left of the output without escape sequences."""
        text = OSC.sub(b"", self.output)
        return re.sub(rb"\x1b(\[[0-?]*[ -/]*[@-~]|[=>])|\r", b"", text).decode()

    def close(self) -> None:
        self._process.close(force=True)


Start = Callable[..., Shell]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    directory = tmp_path / "home"
    directory.mkdir()
    return directory


@pytest.fixture
def start(home: Path) -> Iterator[Start]:
    """Start a shell; `files` are its dotfiles, `plain` leaves the integration out."""
    shells: list[Shell] = []

    def starter(
        *argv: str,
        files: Mapping[str, str] | None = None,
        variables: Mapping[str, str] | None = None,
        login: bool = False,
        plain: bool = False,
    ) -> Shell:
        needs(argv[0])
        for name, text in (files or {}).items():
            (home / name).parent.mkdir(exist_ok=True)
            (home / name).write_text(text)
        environment = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        } | dict(variables or {})
        words = list(argv)
        if plain:
            words += ["-l"] if login else []
        else:
            words, environment = inject(argv, environment, nonce=NONCE, login=login)
        shells.append(Shell(words, environment, home))
        return shells[-1]

    yield starter
    for shell in shells:
        shell.close()
