"""Bracket expressions of POSIX patterns, `[a-z[:digit:]]`, as Python's regular expressions."""

import re
from typing import Final

CLASSES: Final = {
    "alnum": r"[^\W_]",
    "alpha": r"[^\W\d_]",
    "blank": r"[ \t]",
    "cntrl": r"[\x00-\x1f\x7f-\x9f]",
    "digit": r"[0-9]",
    "graph": r"[^\x00-\x20\x7f-\x9f]",
    "lower": r"[a-zß-öø-ÿα-ωа-я]",
    "print": r"[^\x00-\x1f\x7f-\x9f]",
    "punct": r"[!-/:-@\[-`{-~]",
    "space": r"[ \t\n\v\f\r]",
    "upper": r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]",
    "xdigit": r"[0-9A-Fa-f]",
}
"""The character classes, each as an expression for one character."""


class PatternError(ValueError):
    """The text is no pattern."""


def read_bracket(
    pattern: str, start: int, *, negators: str = "^", escapes: bool = False
) -> tuple[str, int]:
    """The expression for one character that `[` at `start` begins, and where it ends.

    Args:
        pattern: The whole pattern.
        start: Where the `[` stands.
        negators: The characters that turn the set around when they come first.
        escapes: Whether a backslash hides the next character, as in fnmatch(3) but not in regex(7).

    Raises:
        PatternError: It has no end, or a class or range in it makes no sense.
    """
    position = start + 1
    negated = pattern[position : position + 1] in negators and position < len(pattern)
    position += negated
    items: list[str] = []
    first = position
    while position == first or not pattern.startswith("]", position):
        item, position = _read_item(pattern, position, escapes=escapes)
        items.append(item)
    joined = "(?:" + "|".join(items) + ")"
    return (f"(?:(?!{joined})(?s:.))" if negated else joined), position + 1


def _read_item(pattern: str, position: int, *, escapes: bool) -> tuple[str, int]:
    if pattern.startswith("[:", position):
        name, position = _delimited(pattern, position)
        if name not in CLASSES:
            raise PatternError(name)
        return CLASSES[name], position
    low, position = _read_end(pattern, position, escapes=escapes)
    if not pattern.startswith("-", position) or pattern.startswith("]", position + 1):
        return re.escape(low), position
    high, position = _read_end(pattern, position + 1, escapes=escapes)
    if low > high:
        raise PatternError(f"{low}-{high}")
    return f"[{re.escape(low)}-{re.escape(high)}]", position


def _read_end(pattern: str, position: int, *, escapes: bool) -> tuple[str, int]:
    """One end of a range, or a character by itself."""
    if pattern.startswith(("[.", "[="), position):
        name, position = _delimited(pattern, position)
        if len(name) != 1:
            raise PatternError(name)
        return name, position
    position += escapes and pattern.startswith("\\", position)
    if position >= len(pattern):
        raise PatternError(pattern)
    return pattern[position], position + 1


def _delimited(pattern: str, position: int) -> tuple[str, int]:
    """What stands between `[:` and `:]`, and the same with `.` and `=`."""
    end = pattern.find(pattern[position + 1] + "]", position + 2)
    if end == -1:
        raise PatternError(pattern)
    return pattern[position + 2 : end], end + 2
