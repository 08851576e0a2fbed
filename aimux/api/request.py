"""A verb's request: the words of a command, and how its answer is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from aimux.api.errors import UnexpectedError, checked
from aimux.api.records import Pane, Session, Window
from aimux.link import listings
from aimux.link.exchange import Answer, literal

T = TypeVar("T")
Target = str | Session | Window | Pane
"""A record, or whatever tmux takes: an id, a name, `session:window.pane`."""


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """What a client asks a server.

    Attributes:
        words: The command and its arguments.
        read: Makes what the verb gives of the answer. Raises ApiError if the command failed.
        may_start: A server is started for it where none runs.
    """

    words: tuple[str, ...]
    read: Callable[[Answer], T]
    may_start: bool = False


def words(*parts: str | Iterable[str]) -> tuple[str, ...]:
    """Words, and groups of words, as the server takes them: each as it is."""
    return tuple(literal(word) for part in parts for word in _flat(part))


def _flat(part: str | Iterable[str]) -> Iterable[str]:
    return (part,) if isinstance(part, str) else part


def option(flag: str, value: object) -> Iterator[str]:
    """A flag with a value: nothing for None and False, the flag alone for True."""
    if value is None or value is False:
        return
    yield flag
    if value is not True:
        yield str(value)


def at(flag: str, target: Target | None) -> Iterator[str]:
    """A flag with a target, or nothing."""
    return option(flag, target if target is None or isinstance(target, str) else target.id)


# ---- reading answers ----


def nothing(answer: Answer) -> None:
    """For verbs that give nothing."""
    checked(answer)


def text(answer: Answer) -> str:
    """What the command printed, without the last line's end."""
    return checked(answer).removesuffix("\n")


def number(answer: Answer) -> int:
    """The one whole number that the command printed, as the id of what it made."""
    said = checked(answer).strip()
    if not said.isdecimal():
        raise UnexpectedError(f"unexpected answer: {said[:200]}")
    return int(said)


def rows_of(kind: type[T], fields: Mapping[str, str]) -> Callable[[Answer], list[T]]:
    """Reads a listing of these fields."""

    def read(answer: Answer) -> list[T]:
        found = listings.rows(fields, checked(answer))
        told = [{name: value for name, value in row.items() if value} for row in found]
        return _converted(told, list[kind])  # type: ignore[valid-type]  # a type made at run time

    return read


def row_of(kind: type[T], fields: Mapping[str, str]) -> Callable[[Answer], T]:
    """Reads a listing of one row."""
    read_all = rows_of(kind, fields)

    def read(answer: Answer) -> T:
        found = read_all(answer)
        if len(found) != 1:
            raise UnexpectedError(f"unexpected answer: {answer.output[:200]}")
        return found[0]

    return read


def json_of(kind: type[T]) -> Callable[[Answer], T]:
    """Reads JSON."""

    def read(answer: Answer) -> T:
        return decoded(checked(answer), kind)

    return read


def decoded(said: str, kind: type[T]) -> T:
    """A JSON text as that type. Raises UnexpectedError if it is none."""
    try:
        return msgspec.json.decode(said.encode("utf-8", "replace"), type=kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise UnexpectedError(f"unexpected answer: {error}") from error


def _converted(value: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError as error:
        raise UnexpectedError(f"unexpected answer: {error}") from error
