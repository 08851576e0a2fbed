"""A real tmux to compare with, and the engine's answers in tmux's form."""

import itertools
import os
import pathlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from aimux.vt.attributes import DEFAULT
from aimux.vt.capture import CaptureStyle, capture_row
from aimux.vt.engine import Engine
from tests.programs import needs

STEPPER = pathlib.Path(__file__).with_name("stepper.py")
PLAYER = pathlib.Path(__file__).with_name("player.py")
DEADLINE_SECONDS = 30.0


@dataclass(frozen=True)
class Shown:
    """What a terminal shows: capture-pane's lines and the cursor's column and row."""

    lines: list[str]
    cursor: tuple[int, int]


class Tmux:
    """One tmux server; each stream gets a pane of its own."""

    def __init__(self, directory: pathlib.Path) -> None:
        self.directory = directory
        self.numbers = itertools.count()
        self.run("new-session", "-d", "-s", "first", "-x", "80", "-y", "24", "sleep 3600")
        self.run("set-option", "-g", "status", "off")

    def run(self, *arguments: str) -> str:
        socket = self.directory / "socket"
        done = subprocess.run(
            ["tmux", "-S", str(socket), "-f", "/dev/null", *arguments],
            env={**os.environ, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"},
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def play(self, data: bytes, columns: int, rows: int) -> str:
        """Write `data` to a new pane; its session's name, once tmux has read everything."""
        name = f"s{next(self.numbers)}"
        path = self.directory / f"{name}.bytes"
        path.write_bytes(data)
        command = f"exec {sys.executable} -I -S {PLAYER} {path}"
        size = ("-x", str(columns), "-y", str(rows))
        self.run("new-session", "-d", "-s", name, *size, command)
        end = time.monotonic() + DEADLINE_SECONDS
        while not path.with_suffix(".replies").exists():
            assert time.monotonic() < end, "tmux did not read everything in time"
            time.sleep(0.002)
        return name

    def show(
        self,
        data: bytes,
        *,
        columns: int = 80,
        rows: int = 24,
        flags: str = "e",
        resized: tuple[int, int] | None = None,
    ) -> Shown:
        name = self.play(data, columns, rows)
        if resized is not None:
            size = ("-x", str(resized[0]), "-y", str(resized[1]))
            self.run("resize-window", "-t", name, *size)
        options = [f"-{flag}" for flag in flags]
        text = self.run("capture-pane", "-p", "-S", "-", *options, "-t", f"{name}:")
        cursor = self.run("display-message", "-p", "-t", f"{name}:", "#{cursor_x} #{cursor_y}")
        self.run("kill-session", "-t", name)
        x, y = cursor.split()
        return Shown(text.split("\n")[:-1], (int(x), int(y)))

    @contextmanager
    def steps(
        self, data: bytes, *, columns: int = 80, rows: int = 24
    ) -> Iterator[Callable[[int], Shown]]:
        """Play `data` in steps: a function from the end of each to what tmux shows then.

        The pane closes with the FIFO.
        """
        name = f"s{next(self.numbers)}"
        path = self.directory / f"{name}.bytes"
        path.write_bytes(data)
        for suffix in (".steps", ".done"):
            os.mkfifo(path.with_suffix(suffix))
        command = f"exec {sys.executable} -I -S {STEPPER} {path}"
        self.run("new-session", "-d", "-s", name, "-x", str(columns), "-y", str(rows), command)
        with (
            path.with_suffix(".steps").open("w") as steps,
            path.with_suffix(".done").open() as done,
        ):

            def step(end: int) -> Shown:
                steps.write(f"{end}\n")
                steps.flush()
                assert done.readline() == "done\n"
                return self.shown(f"{name}:")

            yield step

    def shown(self, target: str) -> Shown:
        """What a pane shows now, with its history."""
        capture = ("capture-pane", "-peS", "-", "-t", target)
        cursor = ("display-message", "-p", "-t", target, "#{cursor_x} #{cursor_y}")
        *lines, place, _ = self.run(*capture, ";", *cursor).split("\n")
        x, y = place.split()
        return Shown(lines, (int(x), int(y)))


def shown_by(engine: Engine, flags: str = "e") -> Shown:
    """What our engine shows, in tmux's form."""
    style = CaptureStyle(codes="e" in flags, escape="C" in flags, trim="N" not in flags)
    attributes = DEFAULT
    lines = []
    for row in [*engine.history, *engine.rows]:
        line, attributes = capture_row(row, attributes, style)
        lines.append(line)
    return Shown(lines, (engine.x, engine.y))


@pytest.fixture(scope="session")
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    needs("tmux")
    server = Tmux(tmp_path_factory.mktemp("tmux"))
    yield server
    server.run("kill-server")


@pytest.fixture
def show() -> Callable[..., Shown]:
    """What our engine shows of the same bytes, in tmux's form."""

    def show(
        data: bytes,
        *,
        columns: int = 80,
        rows: int = 24,
        flags: str = "e",
        resized: tuple[int, int] | None = None,
    ) -> Shown:
        engine = Engine(columns, rows)
        engine.feed(data)
        if resized is not None:
            engine.resize(columns=resized[0], rows=resized[1])
        return shown_by(engine, flags)

    return show
