"""POSIX extended regular expressions (regex(7)) with a bounded time, whatever the pattern.

Python's `re` differs in what it finds (the first alternative instead of the longest match) and can
take forever. So a pattern is read into a tree, and only one that is harmless and means the same
there is given to `re`; any other runs on a machine that follows all alternatives at once.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from aimux.patterns.brackets import PatternError, read_bracket

GROUPS: Final = 10
"""The whole match and the nine groups that a substitution can name."""
PATTERN_LIMIT: Final = 1024
"""Characters of a pattern; a longer one counts as unreadable."""
_DEPTH_LIMIT = 20
_REPEAT_LIMIT = 255  # RE_DUP_MAX of POSIX

Span = tuple[int, int]


class Single(Struct, frozen=True):
    """One character, as an expression of `re`."""

    source: str


class Anchor(Struct, frozen=True):
    """A place between characters, as an expression of `re`."""

    source: str


class BackReference(Struct, frozen=True):
    """What a group has matched, once more."""

    group: int


class Group(Struct, frozen=True):
    """Something in parentheses."""

    number: int
    inner: "Node"


class Chain(Struct, frozen=True):
    """One after the other."""

    items: tuple["Node", ...]


class Choice(Struct, frozen=True):
    """One of several."""

    options: tuple["Node", ...]


class Repeat(Struct, frozen=True):
    """`least` to `most` times; without `most`, any number."""

    inner: "Node"
    least: int
    most: int | None


Node = Single | Anchor | BackReference | Group | Chain | Choice | Repeat

_ESCAPES: dict[str, Node] = {
    "w": Single(r"\w"),
    "W": Single(r"\W"),
    "s": Single(r"\s"),
    "S": Single(r"\S"),
    "b": Anchor(r"\b"),
    "B": Anchor(r"\B"),
    "<": Anchor(r"\b(?=\w)"),
    ">": Anchor(r"\b(?<=\w)"),
    "`": Anchor(r"\A"),
    "'": Anchor(r"\Z"),
}
_PLAIN: dict[str, Node] = {".": Single("(?s:.)"), "^": Anchor(r"\A"), "$": Anchor(r"\Z")}
_COUNTS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_INTERVAL = re.compile(r"\{(?:([0-9]{1,5})(,?)([0-9]{1,5})?|,([0-9]{1,5}))\}")


@lru_cache(maxsize=256)
def read_regex(pattern: str) -> Node | None:
    """The tree of `pattern`, or None if it is none; glibc refuses the same patterns."""
    if len(pattern) > PATTERN_LIMIT:
        return None
    try:
        return _Reader(pattern).read()
    except PatternError:
        return None


class _Reader:
    """A descent through one pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0
        self._groups = 0
        self._closed: set[int] = set()

    def read(self) -> Node:
        return self._choice()

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while (following := self._peek()) and following != "|":
            if following == ")" and self._depth:
                break
            items.append(self._repeated())
        return items[0] if len(items) == 1 else Chain(tuple(items))

    def _repeated(self) -> Node:
        node = self._single()
        if isinstance(node, Anchor):
            return node
        for _ in range(_DEPTH_LIMIT):
            count = self._count()
            if count is None:
                return node
            node = Repeat(node, *count)
        raise PatternError(self._pattern)

    def _count(self) -> tuple[int, int | None] | None:
        following = self._peek()
        if following in _COUNTS:
            self._at += 1
            return _COUNTS[following]
        return self._interval() if following == "{" else None

    def _interval(self) -> tuple[int, int | None]:
        match = _INTERVAL.match(self._pattern, self._at)
        if match is None:
            raise PatternError(self._pattern)
        self._at = match.end()
        least = int(match[1] or 0)
        most = int(match[3] or match[4]) if match[3] or match[4] else None
        if most is None and not match[2]:
            most = least
        if max(least, most or 0) > _REPEAT_LIMIT or (most is not None and most < least):
            raise PatternError(self._pattern)
        return least, most

    def _single(self) -> Node:
        character = self._peek()
        match character:
            case "(":
                return self._group()
            case "[":
                source, self._at = read_bracket(self._pattern, self._at)
                return Single(source)
            case "\\":
                return self._escape()
            case "*" | "+" | "?" | "{":
                raise PatternError(self._pattern)
        self._at += 1
        return _PLAIN.get(character) or Single(re.escape(character))

    def _group(self) -> Node:
        self._at += 1
        self._depth += 1
        self._groups += 1
        number = self._groups
        if self._depth > _DEPTH_LIMIT:
            raise PatternError(self._pattern)
        inner = self._choice()
        if self._peek() != ")":
            raise PatternError(self._pattern)
        self._at += 1
        self._depth -= 1
        self._closed.add(number)
        return Group(number, inner)

    def _escape(self) -> Node:
        character = self._pattern[self._at + 1 : self._at + 2]
        self._at += 2
        if not character:
            raise PatternError(self._pattern)
        if character in _ESCAPES:
            return _ESCAPES[character]
        if character in "123456789":
            if int(character) not in self._closed:
                raise PatternError(self._pattern)
            return BackReference(int(character))
        return Single(re.escape(character))


def python_source(node: Node) -> str:
    """The same in the language of `re`, for trees in which that means the same."""
    match node:
        case Single() | Anchor():
            return node.source
        case BackReference():
            return f"(?:\\{node.group})"
        case Group():
            return f"({python_source(node.inner)})"
        case Chain():
            return "".join(python_source(item) for item in node.items)
        case Choice():
            return "(?:" + "|".join(python_source(option) for option in node.options) + ")"
        case Repeat():
            most = "" if node.most is None else node.most
            return f"(?:{python_source(node.inner)}){{{node.least},{most}}}"


class Shape(Struct, frozen=True):
    """What decides which machine runs a tree."""

    freedoms: int
    """Repeats with more than one count, each of which multiplies the time that `re` may take."""
    choices: bool
    nested: bool
    """Whether something free stands inside a repeat, or a group is repeated or named again."""


def shape_of(node: Node, *, repeated: bool = False) -> Shape:
    """The shape of a tree."""
    match node:
        case Single() | Anchor():
            return Shape(0, choices=False, nested=False)
        case BackReference():
            return Shape(1, choices=False, nested=repeated)
        case Group():
            inner = shape_of(node.inner, repeated=repeated)
            return Shape(inner.freedoms, inner.choices, inner.nested or repeated)
        case Repeat():
            inner = shape_of(node.inner, repeated=True)
            free = node.most != node.least
            nested = inner.nested or inner.choices or inner.freedoms > 0
            return Shape(inner.freedoms + free, inner.choices, nested)
        case Chain():
            return _joined([shape_of(item, repeated=repeated) for item in node.items])
        case Choice():
            joined = _joined([shape_of(option, repeated=repeated) for option in node.options])
            return Shape(joined.freedoms, choices=True, nested=joined.nested)


def _joined(shapes: Sequence[Shape]) -> Shape:
    return Shape(
        sum(shape.freedoms for shape in shapes),
        any(shape.choices for shape in shapes),
        any(shape.nested for shape in shapes),
    )
