"""Every test of this directory runs on tmux 3.3a and on aimux, and both have to say the same.

tmux on a busy machine does not always say the same itself: a server that is about to leave may or
may not still answer, and the status of a dead pane may come late or never. aimux therefore runs
once, and has to say what tmux said in one of `TMUX_RUNS` runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.compat.programs import NEVER, SHIM, Program, Result
from tests.programs import tmux_3_3a

NAMES = ("tmux", "aimux")
TMUX_RUNS = 4
Same = Callable[[str], None]
Said = list[tuple[str, Result]]


@pytest.fixture(scope="session", autouse=True)
def _tmux_is_the_specification() -> None:
    tmux_3_3a()


@contextmanager
def fresh(name: str) -> Iterator[Program]:
    """A program without a server; the server it starts is ended afterwards."""
    # A socket's path may have 107 bytes: pytest's directories are too deep.
    with tempfile.TemporaryDirectory(prefix="mux", ignore_cleanup_errors=True) as directory:
        program = Program(name, Path(directory))
        program.prepare()
        try:
            yield program
        finally:
            program("kill-server")


@pytest.fixture(params=NAMES)
def run(request: pytest.FixtureRequest) -> Iterator[Program]:
    """Runs a command's words on one of the programs: exit code, output, error."""
    with fresh(request.param) as program:
        yield program


@pytest.fixture
def same() -> Same:
    """Runs a script (see `Program.script`) on both programs and compares all that they said."""

    return lambda script: compare("aimux", script)


@pytest.fixture
def same_by_name() -> Same:
    """The same with the `tmux` that is aimux: what differs on purpose does not differ there."""
    return lambda script: compare(SHIM, script)


def compare(name: str, script: str) -> None:
    """Run a script on a program of ours and on tmux and compare."""
    ours = run_on(name, script)
    theirs = run_on("tmux", script)
    for _ in range(TMUX_RUNS - 1):
        if ours == theirs:
            break
        theirs = run_on("tmux", script)
    assert ours == theirs
    assert not [line for line, answer in ours if answer[1].startswith(NEVER)]


def run_on(name: str, script: str) -> Said:
    """What each line of a script says on a program without a server."""
    with fresh(name) as program:
        return program.script(script)
