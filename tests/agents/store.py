"""A store for tests: the real tables in a file, and a time that only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.agents.addresses import Caller
from aimux.persist.connection import open_for_writing
from aimux.persist.schema import MIGRATIONS
from aimux.persist.store import Store

SERVER = "/tmp/aimux/default"  # a name, never opened
NOW = 1_000_000.0
PERSON = Caller("me", ("me",), is_person=True)


def agent(name: str, pane: int = 1) -> Caller:
    """An agent with a mailbox of its own."""
    return Caller(name, (name, f"%{pane}"), pane=pane, agent="claude")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Every statement is a transaction of its own."""
    connection = open_for_writing(tmp_path / "aimux.db", MIGRATIONS)
    yield connection
    connection.close()
