"""From what was typed to a row of the command table: names, aliases, unambiguous beginnings."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from aimux.errors import ParseError


class Named(Protocol):
    """What resolving needs of a row; `Command` has it.

    `is_addition` marks a command of aimux that tmux does not have: only its full name (or alias) is
    understood, so that every abbreviation means what it means in tmux.
    """

    @property
    def name(self) -> str:
        """The full name."""

    @property
    def alias(self) -> str | None:
        """The short name, if there is one."""

    @property
    def is_addition(self) -> bool:
        """Whether tmux does not have it."""


Row = TypeVar("Row", bound=Named)


def resolve(name: str, table: Iterable[Row]) -> Row:
    """The row that a name, an alias or the unambiguous beginning of a name means.

    Args:
        name: What was typed.
        table: The rows in the order in which errors list them.

    Raises:
        ParseError: `unknown command: x`, or `ambiguous command: x, could be: y, z`.
    """
    candidates = []
    for row in table:
        if name and name in (row.name, row.alias):
            return row
        if row.name.startswith(name) and not row.is_addition:
            candidates.append(row)
    if not candidates:
        raise ParseError(f"unknown command: {name}")
    if len(candidates) > 1:
        names = ", ".join(row.name for row in candidates)
        raise ParseError(f"ambiguous command: {name}, could be: {names}")
    return candidates[0]


def find_alias(name: str, aliases: Sequence[str]) -> str | None:
    """The text that an entry `name=text` of the option command-alias gives to a name, or None."""
    for entry in aliases:
        alias, equals, text = entry.partition("=")
        if equals and alias == name:
            return text
    return None
