"""Puts a member into a JSON text and leaves every other byte alone; comments are read, too.

Agents' settings are written by people, by the agents and by other installers: each keeps its
blanks, its order and its comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aimux.errors import LinkError

MAX_DEPTH = 200
_TOKEN = re.compile(
    r'(?P<blank>[\s\ufeff]+|//[^\n]*|/\*.*?\*/)|(?P<text>"(?:[^"\\]|\\.)*")'
    r"|(?P<mark>[{}\[\]:,])|(?P<literal>[^\s{}\[\]:,\"/]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Member:
    """A name and a value in an object: from the name's start to the value's end."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Place:
    """An object in the text.

    Attributes:
        opened: Behind its brace.
        members: What stands in it, in order.
    """

    opened: int
    members: tuple[_Member, ...]

    @property
    def last(self) -> int:
        """Behind the last value, or `opened` if it is empty."""
        return self.members[-1].end if self.members else self.opened


def read(text: str) -> object:
    """The value of a JSON text with comments and commas behind last members.

    Raises:
        LinkError: It is none.
    """
    tokens = [token.text for token in _tokens(text) if token.kind != "blank"]
    following = [*tokens[1:], ""]
    kept = [
        one
        for one, after in zip(tokens, following, strict=False)
        if one != "," or after not in ("}", "]")
    ]
    try:
        return json.loads(" ".join(kept))
    except (ValueError, RecursionError) as error:
        raise LinkError(f"no JSON: {error}") from error


def with_member(text: str, path: Sequence[str], value: object) -> str:
    """The text with a value at a path of names, behind what stands in the object there.

    Args:
        text: A JSON object; empty for a new file.
        path: Objects that are missing on it are made.
        value: What is put there.

    Raises:
        LinkError: The text is no JSON object, something is there already, or something on the path
            is no object.
    """
    if not text.strip():
        text = "{}\n"
    known: object = read(text)
    depth = 0
    while isinstance(known, Mapping) and depth < len(path) and path[depth] in known:
        known = known[path[depth]]
        depth += 1
    if depth == len(path):
        raise LinkError(f"{'.'.join(path)} is there already")
    if not isinstance(known, Mapping):
        raise LinkError(f"{'.'.join(path[:depth]) or 'the file'} is no object")
    for name in reversed(path[depth + 1 :]):
        value = {name: value}
    return _inserted(text, _find(text, path[:depth]), path[depth], value, depth)


def value_at(text: str, path: Sequence[str]) -> object:
    """What stands at a path of names; None if nothing does. Raises LinkError as `read` does."""
    known: object = read(text)
    for name in path:
        known = known.get(name) if isinstance(known, Mapping) else None
    return known


def without_member(text: str, path: Sequence[str]) -> str:
    """The text without the member at a path, which has to be there, and without its comma."""
    place = _find(text, path[:-1])
    at = next((i for i, one in enumerate(place.members) if one.name == path[-1]), None)
    if at is None:
        raise LinkError(f"cannot find {'.'.join(path)}")
    member = place.members[at]
    if at:
        return text[: place.members[at - 1].end] + text[member.end :]
    if len(place.members) > 1:
        return text[: member.start] + text[place.members[1].start :]
    blank = re.match(r"\s*", text[member.end :])
    return text[: place.opened] + text[member.end + (blank.end() if blank is not None else 0) :]


def _inserted(text: str, place: _Place, name: str, value: object, depth: int) -> str:
    step = _indentation(text)
    member = {name: value}
    if step is None and place.last > place.opened:
        return f"{text[: place.last]}, {json.dumps(member)[1:-1]}{text[place.last :]}"
    # Lines of `{`, the member, `}`; the braces are there already.
    lines = json.dumps(member, indent=step or "  ", ensure_ascii=False).split("\n")[1:-1]
    newline = "\r\n" if "\r\n" in text else "\n"
    body = "".join(f"{newline}{(step or '  ') * depth}{line}" for line in lines)
    if place.last > place.opened:
        return f"{text[: place.last]},{body}{text[place.last :]}"
    closing = re.match(r"\s*", text[place.opened :])
    blank = closing.group() if closing is not None else ""
    end = "" if "\n" in blank else f"{newline}{(step or '  ') * depth}"
    return f"{text[: place.opened]}{body}{end}{text[place.opened :]}"


def _indentation(text: str) -> str | None:
    """What the first member stands behind; None if it stands on the line of the brace."""
    tokens = _tokens(text)
    next((token for token in tokens if token.text == "{"), None)
    blank = ""
    for token in tokens:
        if token.kind != "blank":
            break
        blank += token.text
    _, newline, step = blank.rpartition("\n")
    return step if newline and step.isspace() else None


def _find(text: str, path: Sequence[str]) -> _Place:
    """The object at a path that is there; of members with one name the last counts, as in JSON."""
    place = None
    for found_path, found in _objects(text):
        if found_path == tuple(path):
            place = found
    if place is None:
        raise LinkError(f"cannot find {'.'.join(path)}")
    return place


class _Open:
    """An object or a list that has not ended."""

    def __init__(self, path: tuple[str, ...] | None, opened: int, *, is_object: bool) -> None:
        self.path = path
        self.opened = opened
        self.is_object = is_object
        self.name: _Token | None = None
        self.members: list[_Member] = []

    def path_of_value(self) -> tuple[str, ...] | None:
        """The path of a value that begins here; None below a list."""
        if self.path is None or self.name is None:
            return None
        return (*self.path, str(json.loads(self.name.text)))

    def ended(self, end: int) -> None:
        """A value has ended there."""
        if self.name is not None:
            self.members.append(_Member(str(json.loads(self.name.text)), self.name.start, end))
            self.name = None


def _objects(text: str) -> Iterator[tuple[tuple[str, ...], _Place]]:
    """Every object that is reached by names alone, as it ends."""
    stack: list[_Open] = []
    for token in _tokens(text):
        if token.text in ("{", "["):
            path = stack[-1].path_of_value() if stack else ()
            stack.append(_Open(path, token.end, is_object=token.text == "{"))
        elif token.text in ("}", "]"):
            done = stack.pop()
            if done.is_object and done.path is not None:
                yield done.path, _Place(done.opened, tuple(done.members))
            if stack:
                stack[-1].ended(token.end)
        elif token.kind in ("text", "literal") and stack:
            _value_or_name(stack[-1], token)


def _value_or_name(inner: _Open, token: _Token) -> None:
    if inner.is_object and inner.name is None:
        inner.name = token
    else:
        inner.ended(token.end)


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens, with blanks and comments. Raises LinkError at what is none."""
    position, depth = 0, 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            raise LinkError(f"no JSON at character {position}")
        depth += (found.group() in ("{", "[")) - (found.group() in ("}", "]"))
        if not 0 <= depth <= MAX_DEPTH:
            raise LinkError(f"no JSON at character {position}")
        yield _Token(str(found.lastgroup), found.group(), position, found.end())
        position = found.end()
