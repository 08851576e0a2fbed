"""What programs draw: the same bytes give the same screen in tmux and in aimux.

Each program is recorded once on a real terminal; the recording is then written in a pane of both.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyte.screens import Char

from aimux.vt import tokens
from tests.end_to_end.world import World
from tests.picture import OuterScreen
from tests.programs import needs
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, wait_until

COLUMNS, ROWS = 100, 30
QUIET_SECONDS = 0.3
DONE = "recording-shown"
TEXT = Path(tokens.__file__)

VIM = ("vim", "-u", "NONE", "-i", "NONE", "-n", "-N")
COMMIT = """
git init -q .
for n in 1 2 3; do cp ../v$n file.py && git add . && git commit -qm "change $n"; done
"""

Run = Callable[..., str]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Run]:
    """Runs a command of a real tmux and returns its output."""
    base = ("tmux", "-S", str(tmp_path / "tmux"), "-f", os.devnull)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "SHELL": "/bin/sh",
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
    }

    def run(*words: str) -> str:
        return subprocess.run(
            (*base, *words),
            env=environment,
            capture_output=True,
            text=True,
            timeout=DEADLINE_SECONDS,
            check=True,
        ).stdout

    yield run
    run("kill-server")


def show(run: Run, recording: Path) -> tuple[str, str, str]:
    """What a pane shows after a recording was written there.

    Its screen with attributes, the same with the blanks at the ends of rows, and its cursor.
    """
    # The answers of the pane to what the recording asks must not be echoed into the picture.
    end = f"printf '\\033]2;{DONE}\\033\\\\'; exec cat >/dev/null"
    line = f"stty raw -echo; cat '{recording}'; {end}"
    run("new", "-d", "-s", "show", "-x", str(COLUMNS), "-y", str(ROWS), line)
    wait_until(lambda: run("display", "-p", "-t", "show", "#{pane_title}") == f"{DONE}\n")
    cursor = run("display", "-p", "-t", "show", "#{cursor_x},#{cursor_y} #{alternate_on}")
    capture = ("capture-pane", "-p", "-e", "-t", "show")
    return run(*capture), run(*capture, "-N"), cursor


class Recorder:
    """A program on a terminal of the pane's size."""

    def __init__(self, aimux: World, *argv: str, **settings: str) -> None:
        self.terminal: Terminal = aimux.terminal_of(
            *argv, columns=COLUMNS, rows=ROWS, TERM="tmux-256color", **settings
        )
        self._path = aimux.directory / "recording"

    def keys(self, *pairs: tuple[str, str]) -> None:
        """Type, and wait for what it brings, again and again."""
        for typed, text in pairs:
            self.terminal.type(typed.encode())
            self.terminal.wait_for(text)

    def recording(self) -> Path:
        """All that it has written, once it has nothing more to write."""
        while self.terminal.read(QUIET_SECONDS):
            pass
        self._path.write_bytes(self.terminal.output)
        return self._path


@pytest.fixture(autouse=True)
def _installed() -> None:
    needs("tmux", "vim", "htop", "less", "git")


def record_vim(aimux: World) -> Path:
    vim = Recorder(aimux, *VIM, "-c", "syntax on", str(TEXT))
    vim.terminal.wait_for("tokens.py")
    vim.keys(
        (":set number hlsearch cursorline\r", "  1 "),
        ("/class\r", "class"),
        (":split | vsplit\r", "tokens.py"),
        ("\x06\x05\x05", "tokens.py"),
        ("ggOtyped ä 漢字 here", "INSERT"),
        ("\x1bVjj", "VISUAL LINE"),
    )
    return vim.recording()


def record_vim_that_was_left(aimux: World) -> Path:
    vim = Recorder(aimux, "sh", "-c", f"seq 50; {shlex.join(VIM)} '{TEXT}'; echo af''ter")
    vim.terminal.wait_for("tokens.py")
    vim.keys(("\x06\x06", "tokens.py"), (":q!\r", "after"))
    return vim.recording()


def record_htop(aimux: World) -> Path:
    htop = Recorder(aimux, "htop", "-d", "100")
    htop.terminal.wait_for("Quit")
    htop.keys(("\x1bOB\x1bOB", "PID"), ("\x1bOR", "Search"), ("\x1b", "Quit"))
    return htop.recording()


def record_less(aimux: World) -> Path:
    less = Recorder(aimux, "less", "-N", "-M", str(TEXT), LESSHISTFILE="-")
    less.terminal.wait_for("lines 1-")
    less.keys(("/def \r", "def"), (" ", "%"), ("b", "%"), ("jjjk", "%"))
    return less.recording()


def record_git_log(aimux: World) -> Path:
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_PAGER": "cat",
        **{f"GIT_{who}_NAME": "Änne 漢" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "anne@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    repository = aimux.directory / "repository"
    lines = TEXT.read_text().splitlines(keepends=True)
    for number in (1, 2, 3):
        version = [*lines[: 20 * number], f"\tnew {number}  \n", *lines[20 * number + 3 :]]
        (aimux.directory / f"v{number}").write_text("".join(version))
    repository.mkdir()
    environment = aimux.environment | settings
    subprocess.run(("sh", "-c", COMMIT), cwd=repository, env=environment, check=True)
    words = ("git", "-C", str(repository), "log", "-p", "--color", "--stat")
    log = Recorder(aimux, *words, **settings)
    log.terminal.wait_for_end()
    return log.recording()


RECORDERS = {
    "vim": record_vim,
    "vim that was left": record_vim_that_was_left,
    "htop": record_htop,
    "less": record_less,
    "git log": record_git_log,
}


@pytest.mark.parametrize("record", RECORDERS.values(), ids=RECORDERS)
def test_the_same_bytes_give_the_same_screen(
    aimux: World, tmux: Run, record: Callable[[World], Path]
) -> None:
    recording = record(aimux)
    for found, wanted in zip(show(aimux.do, recording), show(tmux, recording), strict=True):
        assert found.splitlines() == wanted.splitlines()


@pytest.mark.parametrize("record", [record_vim, record_htop], ids=["vim", "htop"])
def test_a_terminal_shows_what_is_captured(aimux: World, record: Callable[[World], Path]) -> None:
    _, captured, _ = show(aimux.do, record(aimux))
    wanted = OuterScreen(columns=COLUMNS, rows=ROWS + 1)
    wanted.feed(captured.removesuffix("\n").replace("\n", "\r\n").encode())
    terminal = aimux.attached("show", columns=COLUMNS, rows=ROWS + 1)
    terminal.wait_for(lambda: cells_of(terminal.view)[:ROWS] == cells_of(wanted)[:ROWS])


def cells_of(view: OuterScreen) -> list[list[tuple[str, ...]]]:
    """What a person sees of each cell."""
    buffer = view.screen.buffer
    return [
        [
            (cell.data, cell.bg, str((cell.underscore, cell.reverse)), _ink(cell))
            for cell in (buffer[row][column] for column in range(COLUMNS))
        ]
        for row in range(ROWS)
    ]


def _ink(cell: Char) -> str:
    """What colour a cell's character has; that of a blank is seen only where it is reversed."""
    return f"{cell.fg} {cell.bold}" if cell.data.strip() or cell.reverse else ""
