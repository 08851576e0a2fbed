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
class _Place:
    """An object in the text.

    Attributes:
        opened: Behind its brace.
        last: Behind its last value, or `opened` if it is empty.
    """

    opened: int
    last: int


def read(text: str) -> object:
    """The value of a JSON text with comments and commas behind last members.

    Raises:
        LinkError: It is none.
    """
    tokens = [token for token in _tokens(text) if token.kind != "blank"]
    kept = [
        token.text
        for token, following in zip(tokens, [*tokens[1:], None], strict=True)
        if not (token.text == "," and following is not None and following.text in "}]")
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


def _objects(text: str) -> Iterator[tuple[tuple[str, ...], _Place]]:
    """Every object that is reached by names alone, as it ends."""
    names: list[str | None] = []  # of the values that are open; None in a list
    opened: list[int] = []
    name: str | None = None
    last_end = 0
    for token in _tokens(text):
        if token.kind == "blank":
            continue
        if token.text in ("{", "["):
            names.append(name if opened else "")
            opened.append(token.end)
            last_end, name = token.end, None
        elif token.text in ("}", "]"):
            path, start = tuple(names[1:]), opened.pop()
            if token.text == "}" and None not in path:
                yield tuple(map(str, path)), _Place(start, last_end)
            names.pop()
            last_end, name = token.end, None
        elif token.text == ",":
            name = None
        elif token.kind == "text" and name is None:
            name, last_end = str(json.loads(token.text)), token.end
        elif token.text != ":":
            last_end = token.end


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
