"""The `e` modifier: arithmetic and comparison of two numbers, with the oddities of C's doubles."""

import math
import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct

PRECISION_LIMIT: Final = 1000
"""Decimal places that are shown at most."""

_SMALLEST_LONG: Final = -(2**63)
_EPSILON: Final = 1e-9
# What common machines make of an operation without a result has the sign set, and C shows it.
_INVALID: Final = -math.nan
_NUMBER = re.compile(
    r"""[ \t\n\v\f\r]*
    (?: (?P<hex>[+-]?0x(?:[0-9a-f]+\.?[0-9a-f]*|\.[0-9a-f]+)(?:p[+-]?[0-9]{1,9})?)
      | (?P<decimal>[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,9})?)
      | (?P<special>[+-]?(?:inf(?:inity)?|nan(?:\([0-9a-z_]*\))?)) )""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER_LIMIT = 512  # characters


def _divide(left: float, right: float) -> float:
    if right:
        return left / right
    if not left or math.isnan(left):
        return left if math.isnan(left) else _INVALID
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _multiply(left: float, right: float) -> float:
    return left * right


def _modulus(left: float, right: float) -> float:
    if not right or math.isinf(left):
        return left if math.isnan(left) else _INVALID
    return math.fmod(left, right)


_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": _multiply,
    "/": _divide,
    "%": _modulus,
    "m": _modulus,
    "==": lambda left, right: abs(left - right) < _EPSILON,
    "!=": lambda left, right: abs(left - right) > _EPSILON,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
}


class Calculation(Struct, frozen=True):
    """What came of an expression.

    Attributes:
        result: As text; None if a number cannot be read.
        told: What an expansion tells of it, in tmux's words.
    """

    result: str | None
    told: tuple[str, ...]


def is_operator(text: str) -> bool:
    """Whether there is such an operator."""
    return text in _OPERATORS


def calculate(
    operator: str, left: str, right: str, *, floating: bool, places: int | None
) -> Calculation:
    """Calculate with two numbers.

    Args:
        operator: As in `e|+|`, one of which `is_operator` is true.
        left: Read as by strtod(3); nothing at all is 0.
        right: As `left`.
        floating: Keep fractions. Otherwise both sides and the result are cut to whole numbers.
        places: Decimal places; None for two with `floating` and none without. Negative means six.
    """
    one, other = _read(left), _read(right)
    if one is None or other is None:
        side, text = ("left", left) if one is None else ("right", right)
        return Calculation(None, (f"{side} side is invalid: {text}",))
    if not floating:
        one, other = _as_long(one), _as_long(other)
    result = float(_OPERATORS[operator](one, other))
    decimals = places if places is not None else 2 * floating
    first, second, shown = (
        _show(number, decimals) for number in (one, other, result if floating else _as_long(result))
    )
    told = (f"left side is: {first}", f"right side is: {second}", f"result is {shown}")
    return Calculation(shown, told)


def _read(text: str) -> float | None:
    if not text:
        return 0.0
    match = _NUMBER.fullmatch(text) if len(text) <= _NUMBER_LIMIT else None
    if match is None:
        return None
    if match["special"]:
        return float(match["special"].partition("(")[0])
    if match["decimal"]:
        return float(match["decimal"])
    try:
        return float.fromhex(match["hex"])
    except OverflowError:
        return -math.inf if match["hex"].startswith("-") else math.inf


def _as_long(number: float) -> float:
    """`number` as C's `(double)(long long)number` on common machines."""
    if not math.isfinite(number) or not _SMALLEST_LONG <= number < -_SMALLEST_LONG:
        return float(_SMALLEST_LONG)
    return float(int(number))


def _show(number: float, places: int) -> str:
    if math.isnan(number):
        return "-nan" if math.copysign(1.0, number) < 0 else "nan"
    return f"{number:.{min(places, PRECISION_LIMIT) if places >= 0 else 6}f}"
