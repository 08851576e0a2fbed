"""The comparisons of formats (tmux(1), FORMATS): `==`, `<`, `||`, `m`, and what counts as true."""

from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

from aimux.commands.format_patterns import regex_matches
from aimux.commands.format_values import as_bytes
from aimux.patterns.globs import glob_matches


def is_true(value: str) -> bool:
    """Whether a format counts as true: everything but nothing and `0`."""
    return value not in ("", "0")


def flag(value: bool) -> str:
    """What a comparison gives: `1` or `0`."""
    return "1" if value else "0"


def matches(flags: str, pattern: str, text: str) -> bool:
    """Whether `text` matches `pattern`: as fnmatch(3) does, with `r` a regular expression; `i`."""
    match = regex_matches if "r" in flags else glob_matches
    return match(pattern, text, ignore_case="i" in flags)


def _by_bytes(compare: Callable[[bytes, bytes], bool]) -> Callable[[str, str], bool]:
    return lambda left, right: compare(as_bytes(left), as_bytes(right))


COMPARISONS: dict[str, Callable[[str, str], bool]] = {
    "==": eq,
    "!=": ne,
    "<": _by_bytes(lt),
    ">": _by_bytes(gt),
    "<=": _by_bytes(le),
    ">=": _by_bytes(ge),
    "||": lambda left, right: is_true(left) or is_true(right),
    "&&": lambda left, right: is_true(left) and is_true(right),
}
"""Whether two values compare so, by their bytes."""
