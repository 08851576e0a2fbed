"""A database with the tables of OpenCode 1.18.33, as far as they are read."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

DEFAULT_TITLE = "New session - 2026-11-22T17:42:56.714Z"
ANSWER = {"input": 1812, "output": 120, "reasoning": 0, "cache": {"read": 42_000, "write": 0}}
"""The tokens of a recorded answer; the program's footer says `43.9K`."""
USED = 43_932


class Database:
    """OpenCode's side: it writes, and has the file open."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute(
            "CREATE TABLE session (id TEXT PRIMARY KEY, parent_id TEXT, directory TEXT NOT NULL,"
            " title TEXT NOT NULL, cost REAL DEFAULT 0 NOT NULL, time_updated INTEGER NOT NULL)"
        )
        self.connection.execute(
            "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT NOT NULL,"
            " time_created INTEGER NOT NULL, data TEXT NOT NULL)"
        )

    def session(
        self, name: str, directory: str, title: str = DEFAULT_TITLE, *, parent: str | None = None
    ) -> None:
        """Begin a session, or give it another title."""
        self.connection.execute(
            "INSERT INTO session (id, parent_id, directory, title, time_updated)"
            " VALUES (?, ?, ?, ?, 0) ON CONFLICT (id) DO UPDATE SET title = excluded.title",
            (name, parent, directory, title),
        )

    def asked(self, session: str, at: float) -> None:
        """A person gave a prompt."""
        self._message(session, at, {"role": "user", "time": {"created": round(at * 1000)}})

    def answered(self, session: str, at: float, **fields: object) -> None:
        """The model answered; `fields` replace those of an answer that ends the turn."""
        times = {"created": round(at * 1000), "completed": round(at * 1000) + 500}
        answer = {"role": "assistant", "time": times, "tokens": ANSWER, "finish": "stop"}
        self._message(
            session, at, answer | {"providerID": "mock", "modelID": "some-model"} | fields
        )

    def _message(self, session: str, at: float, data: dict[str, object]) -> None:
        number = self.connection.execute("SELECT count(*) FROM message").fetchone()[0]
        self.connection.execute(
            "INSERT INTO message VALUES (?, ?, ?, ?)",
            (f"msg_{number:04}", session, round(at * 1000), json.dumps(data)),
        )
