"""What is searched for: plain text or an extended regular expression, as a compiled pattern.

POSIX and Python write most of a regular expression alike; bracket expressions and a few escapes are
translated. Of several alternatives Python takes the first, not the longest.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aimux.vt.clusters import drop_invalid, layout, split_leading_marks

MAX_LENGTH = 1024
SPECIAL = re.compile(r"[\^$*+()?\[\].\\]")
UPPER = re.compile("[A-Z]")
# One piece of an expression: a bracket expression, an escape, or any other character.
PIECE = re.compile(r"\[\^?\]?(?:\[:[a-z]+:\]|[^\]])*\]|\\.|.", re.DOTALL)
CLASS = re.compile(r"\[:([a-z]+):\]|.", re.DOTALL)
CLASSES = {
    "alnum": "a-zA-Z0-9",
    "alpha": "a-zA-Z",
    "blank": r" \t",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\s",
    "upper": "A-Z",
    "xdigit": "0-9a-fA-F",
}
ESCAPES = {
    "<": r"\b(?=\w)",
    ">": r"\b(?<=\w)",
    "`": r"\A",
    "'": r"\Z",
    "w": r"\w",
    "W": r"\W",
    "s": r"\s",
    "S": r"\S",
    "b": r"\b",
    "B": r"\B",
}


def is_regex(text: str) -> bool:
    """Whether a text has characters that mean something in a regular expression."""
    return SPECIAL.search(text) is not None


def plain_pattern(text: str) -> re.Pattern[str] | None:
    """A pattern for text in the form of `Row.text`; None for an empty one.

    Case counts only if the text has a capital letter.
    """
    cells = layout(drop_invalid(split_leading_marks(text[:MAX_LENGTH])[1]))[0]
    if not cells:
        return None
    case = re.NOFLAG if UPPER.search(text) else re.IGNORECASE
    return re.compile(re.escape(cells), re.ASCII | case)


def regex_pattern(text: str) -> re.Pattern[str] | None:
    """A pattern for an extended regular expression; None if it cannot be read."""
    pieces = [_translated(piece) for piece in PIECE.findall(text[:MAX_LENGTH])]
    case = re.NOFLAG if UPPER.search(text) else re.IGNORECASE
    try:
        return re.compile("".join(pieces), case)
    except (re.error, OverflowError, RecursionError):
        return None


def _translated(piece: str) -> str:
    if len(piece) == 1:
        return piece
    translate = TRANSLATIONS[piece[0]]
    return translate(piece)


def _escape(piece: str) -> str:
    return ESCAPES.get(piece[1], re.escape(piece[1]))


def _brackets(piece: str) -> str:
    inner = piece[1:-1]
    negated = inner.startswith("^")
    members = CLASS.finditer(inner[1:] if negated else inner)
    parts = [CLASSES.get(one[1], "") if one[1] else _member(one[0]) for one in members]
    return f"[{'^' * negated}{''.join(parts)}]"


def _member(character: str) -> str:
    return character if character == "-" else re.escape(character)


TRANSLATIONS: dict[str, Callable[[str], str]] = {"[": _brackets, "\\": _escape}
