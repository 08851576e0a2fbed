"""Numbers that commands are given, refused in the words of strtonum(3)."""

from __future__ import annotations

import re

from aimux.errors import CommandError

NUMBER = re.compile(r"\s*([+-]?[0-9]{1,20})")
_TIME = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)([smhd]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
MAX_NUMBER = 0x7FFFFFFF


def number(text: str, what: str, *, low: int = 0, high: int = MAX_NUMBER) -> int:
    """The decimal number that is all of `text`.

    Args:
        text: What was given.
        what: What it is, for the error.
        low: The least that is accepted.
        high: The greatest.

    Raises:
        CommandError: `WHAT invalid`, `WHAT too small` or `WHAT too large`.
    """
    match = NUMBER.fullmatch(text)
    if match is None:
        raise CommandError(f"{what} invalid")
    value = int(match[1])
    if value < low:
        raise CommandError(f"{what} too small")
    if value > high:
        raise CommandError(f"{what} too large")
    return value


def seconds(text: str, what: str) -> float:
    """A time such as `30`, `1.5`, `10m`, `2h` or `7d` as seconds.

    Raises:
        CommandError: `WHAT invalid`.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise CommandError(f"{what} invalid")
    return float(match[1]) * _UNITS[match[2]]


def share(text: str, what: str, *, whole: int, most: int = 100) -> int:
    """A number of cells, or with `%` behind it that part of `whole` (args_percentage).

    Raises:
        CommandError: As `number`; a percentage may be 0 to `most`.
    """
    if not text:
        raise CommandError(f"{what} empty")
    if text.endswith("%"):
        return whole * number(text[:-1], what, high=most) // 100
    return number(text, what)
