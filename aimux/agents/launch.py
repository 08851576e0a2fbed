"""How the program of a kind is started, continued, told something and ended: `[launch]` in TOML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from aimux.errors import ParseError

ID = "{id}"
"""Stands for a session's id in `resume` and `queue`."""
MESSAGE = "{message}"
"""Stands for the text in `queue`."""
QUIT = ("C-c", "C-c")
_TEXTS = ("id", "install")


@dataclass(frozen=True, slots=True)
class Launch:
    """The words and keys of one kind.

    Attributes:
        start: The program and its arguments.
        resume: The same to go on with a session, with `{id}` in it; empty where no way is known.
        queue: A program that hands a message to a running session, with `{id}` and `{message}` in
            it; empty where the agent has none, so that it has to be pasted.
        id: An expression that finds the id in what names a session, such as the stem of its log's
            file; empty where that is the id.
        install: A command line by which a person gets the program, for an error's text.
        quit: Keys, by tmux's names, that end the program from its prompt.
    """

    start: tuple[str, ...]
    resume: tuple[str, ...] = ()
    queue: tuple[str, ...] = ()
    id: str = ""
    install: str = ""
    quit: tuple[str, ...] = QUIT

    def session_id(self, name: str) -> str:
        """The id of a session in what names it; "" if there is none in it."""
        if not self.id:
            return name
        found = re.search(self.id, name)
        return found[0] if found is not None else ""

    def resuming(self, session: str) -> tuple[str, ...]:
        """The words that go on with a session; empty where no way is known."""
        return tuple(word.replace(ID, session) for word in self.resume)

    def queueing(self, session: str, message: str) -> tuple[str, ...]:
        """The words that hand a message over; empty where there is no such way."""
        return tuple(
            message if word == MESSAGE else word.replace(ID, session) for word in self.queue
        )


def parse_launch(kind: str, table: object) -> Launch | None:
    """The `[launch]` of a kind's file; `None` if it has none.

    Raises:
        ParseError: It has an unknown key, or one of the wrong type, or lacks `start`.
    """
    if table is None:
        return None
    if not isinstance(table, Mapping):
        raise ParseError(f"{kind}.toml: launch is not a table")
    unknown = sorted(set(table) - {field.name for field in fields(Launch)})
    if unknown:
        raise ParseError(f"{kind}.toml: [launch] has an unknown key: {unknown[0]}")
    texts = {name: _text(kind, name, table[name]) for name in _TEXTS if name in table}
    words = {name: _words(kind, name, table[name]) for name in table if name not in _TEXTS}
    if not words.get("start"):
        raise ParseError(f"{kind}.toml: [launch] start is missing")
    return Launch(
        start=words["start"],
        resume=words.get("resume", ()),
        queue=words.get("queue", ()),
        quit=words.get("quit", QUIT),
        id=texts.get("id", ""),
        install=texts.get("install", ""),
    )


def _text(kind: str, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise ParseError(f"{kind}.toml: [launch] {name} is not a string")
    if name == "id":
        try:
            re.compile(value)
        except re.error as error:
            raise ParseError(f"{kind}.toml: [launch] id: {error}") from error
    return value


def _words(kind: str, name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ParseError(f"{kind}.toml: [launch] {name} is not a list of strings")
    return tuple(value)
