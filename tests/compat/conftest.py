"""Every test of this directory runs on tmux 3.3a and on aimux, and both have to say the same."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.compat.programs import Program
from tests.programs import tmux_3_3a

NAMES = ("tmux", "aimux")
Same = Callable[[str], None]


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

    def check(script: str) -> None:
        with fresh("tmux") as tmux, fresh("aimux") as aimux, ThreadPoolExecutor() as pool:
            theirs, ours = pool.map(lambda program: program.script(script), (tmux, aimux))
        assert ours == theirs

    return check
