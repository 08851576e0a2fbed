"""The shape of a format (tmux(1), FORMATS): what is text, what is replaced, with which modifiers.

Reading a template expands nothing: arguments and bodies stay text, because tmux expands each at its
time. Templates are read once and kept.
"""

import re
import string
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

from msgspec import Struct

from aimux.styles.escapes import find_end

CACHED_LENGTH: Final = 8192
"""Templates longer than this are read anew each time, so that the cache stays small."""

ALIASES: Final = {
    "D": "pane_id",
    "F": "window_flags",
    "H": "host",
    "I": "window_index",
    "P": "pane_index",
    "S": "session_name",
    "T": "pane_title",
    "W": "window_name",
    "h": "host_short",
}
"""The variables that `#` and one letter stand for."""

_BARE: Final = frozenset("labcdnwETSWP<>")
_BARE_PAIRS: Final = frozenset({"||", "&&", "!=", "==", "<=", ">="})
_WITH_ARGUMENTS: Final = frozenset("mCNst=peq")
_HASHES = re.compile("#+")
_ENDS: Final = (":", ";")
# What C calls punctuation; anything else begins an argument that needs no wrapper.
_WRAPPERS: Final = frozenset(string.punctuation) - {"-"}


class Modifier(Struct, frozen=True):
    """One modifier, such as `=` with the arguments `5` and `...`, not yet expanded."""

    name: str
    arguments: tuple[str, ...] = ()


class Replacement(Struct, frozen=True):
    """`#{modifiers:body}`, or `#` and a letter.

    Attributes:
        text: All that stands between the braces.
        letter: The letter, for one that is written so.
    """

    modifiers: tuple[Modifier, ...]
    body: str
    text: str
    letter: str = ""


class Job(Struct, frozen=True):
    """`#(command)`."""

    command: str


class Escape(Struct, frozen=True):
    """What stands for a character that means something else, such as `##` and `#,`.

    Attributes:
        text: What becomes of it.
        told: What an expansion tells of it, in tmux's words.
    """

    text: str
    told: tuple[str, ...]


Part = str | Replacement | Job | Escape
T = TypeVar("T")


def _kept(read: Callable[[str], T]) -> Callable[[str], T]:
    """`read` with what it made of short texts kept."""
    cached = lru_cache(maxsize=2048)(read)

    @wraps(read)
    def reader(text: str) -> T:
        return cached(text) if len(text) <= CACHED_LENGTH else read(text)

    return reader


@_kept
def read_template(text: str) -> tuple[Part, ...]:
    """The parts of `text`. What follows an unclosed `#{` or `#(` is dropped, as in tmux."""
    parts: list[Part] = []
    literal: list[str] = []
    position = 0
    while position < len(text):
        hash_at = text.find("#", position)
        if hash_at == -1:
            literal.append(text[position:])
            break
        literal.append(text[position:hash_at])
        part, position = _read_one(text, hash_at)
        if isinstance(part, str):
            literal.append(part)
        elif part is not None:
            _flush(literal, parts)
            parts.append(part)
    _flush(literal, parts)
    return tuple(parts)


def _flush(literal: list[str], parts: list[Part]) -> None:
    joined = "".join(literal)
    if joined:
        parts.append(joined)
    literal.clear()


def _read_one(text: str, start: int) -> tuple[Part | None, int]:
    """What begins at the `#` at `start`, and where it ends; None if it never does."""
    kind = text[start + 1 : start + 2]
    match kind:
        case "{":
            end = find_end(text, start, "}")
            return (
                (None, len(text)) if end == -1 else (_replacement(text[start + 2 : end]), end + 1)
            )
        case "(":
            end = _closing_parenthesis(text, start + 1)
            return (None, len(text)) if end == -1 else (Job(text[start + 2 : end]), end + 1)
        case "#":
            return _read_hashes(text, start)
        case "}" | ",":
            return Escape(kind, (f"#{kind}",)), start + 2
    if kind in ALIASES:
        return Replacement((), ALIASES[kind], ALIASES[kind], kind), start + 2
    return f"#{kind}", start + 1 + len(kind)


def _read_hashes(text: str, start: int) -> tuple[Escape, int]:
    """Two or more `#`: one of each pair, unless a `[` follows, which is the drawing's matter."""
    match = _HASHES.match(text, start)
    end = match.end() if match else start
    if text.startswith("[", end):
        return Escape(text[start : end + 1], (f"#*{end - start}[",)), end + 1
    pairs = (end - start) // 2
    return Escape("#" * pairs, ("##",) * pairs), start + 2 * pairs


def _closing_parenthesis(text: str, start: int) -> int:
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "(":
            depth += 1
        elif text[position] == ")":
            depth -= 1
            if not depth:
                return position
    return -1


def _replacement(key: str) -> Replacement:
    """Split what stands between `#{` and `}`; without a readable list of modifiers all is body."""
    modifiers: list[Modifier] = []
    position = 0
    while position < len(key) and key[position] != ":":
        position += key[position] == ";"
        found = _modifier(key, position)
        if found is None:
            break
        modifier, position = found
        modifiers.append(modifier)
    if not key.startswith(":", position):
        return Replacement((), key, key)
    return Replacement(tuple(modifiers), key[position + 1 :], key)


def _modifier(key: str, start: int) -> tuple[Modifier, int] | None:
    """The modifier at `start` and where it ends, at a `:` or `;` unless what follows is wrong."""
    name = key[start : start + 1]
    if name in _BARE and key.startswith(_ENDS, start + 1):
        return Modifier(name), start + 1
    pair = key[start : start + 2]
    if pair in _BARE_PAIRS and key.startswith(_ENDS, start + 2):
        return Modifier(pair), start + 2
    if name not in _WITH_ARGUMENTS:
        return None
    if key.startswith(_ENDS, start + 1):
        return Modifier(name), start + 1
    if key[start + 1 : start + 2] in _WRAPPERS:
        return _wrapped_arguments(key, start)
    end = find_end(key, start + 1, ":;")
    return None if end == -1 else (Modifier(name, (key[start + 1 : end],)), end)


def _wrapped_arguments(key: str, start: int) -> tuple[Modifier, int]:
    """Arguments between wrappers, as in `s/a/b/`; the last wrapper may be missing."""
    wrapper = key[start + 1]
    arguments: list[str] = []
    position = start + 1
    while not (arguments and key.startswith(_ENDS, position)):
        if key[position] == wrapper and key.startswith(_ENDS, position + 1):
            position += 1
            break
        end = find_end(key, position + 1, wrapper + ";:")
        if end == -1:
            break
        arguments.append(key[position + 1 : end])
        position = end
    return Modifier(key[start], tuple(arguments)), position


@_kept
def split_alternatives(text: str) -> tuple[str, str] | None:
    """The two sides of the first comma that counts, unexpanded; None without one."""
    comma = find_end(text, 0, ",")
    return None if comma == -1 else (text[:comma], text[comma + 1 :])


@_kept
def strip_escapes(text: str) -> str:
    """`text` without the `#` of escapes outside of `#{...}`, as a time's format needs it."""
    kept: list[str] = []
    depth = 0
    for position, character in enumerate(text):
        following = text[position + 1 : position + 2]
        depth += character == "#" and following == "{"
        if character == "#" and following in ",#{}:":
            if depth:
                kept.append(character)
            continue
        depth -= character == "}"
        kept.append(character)
    return "".join(kept)
