"""A database with aimux's tables, open for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.persist.connection import open_for_writing
from aimux.persist.schema import MIGRATIONS


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_for_writing(tmp_path / "aimux.db", MIGRATIONS)
    yield connection
    connection.close()
