"""Homes for the tests of moving over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.migrate_tmux.homes import Home


@pytest.fixture
def place() -> Iterator[Path]:
    """A directory that is short enough for sockets."""
    with tempfile.TemporaryDirectory(prefix="mig", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@pytest.fixture
def home(place: Path) -> Iterator[Home]:
    """An empty home; its server is ended afterwards."""
    made = Home(place / "h")
    yield made
    made.run("kill-server")
