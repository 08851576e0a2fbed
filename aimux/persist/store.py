"""A transaction as those see it who are given one: SQL in, rows out. It knows no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

Value = str | int | float | bytes | None
"""What a column holds."""


class Rows(Protocol):
    """What one statement gave."""

    @property
    def lastrowid(self) -> int | None:
        """The id of the row that an INSERT made."""
        ...

    @property
    def rowcount(self) -> int:
        """How many rows a DELETE or an UPDATE met."""
        ...

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        """The rows, one after another."""
        ...

    def fetchone(self) -> tuple[Value, ...] | None:
        """The next row, or None."""
        ...


class Store(Protocol):
    """An open transaction. It may be used only by the function that it was given to."""

    def execute(self, sql: str, parameters: Sequence[Value] | Mapping[str, Value] = (), /) -> Rows:
        """Run one statement; values come as parameters, never inside its text."""
        ...
