"""From an option's text to its value and back, by the kind of the option."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase

from aimux.errors import KeyNameError, OptionError
from aimux.keys.names import canonical_name
from aimux.model.command_list import CommandBlock
from aimux.model.option_row import OptionKind, OptionRow
from aimux.styles.colour import format_colour, parse_colour
from aimux.styles.style import parse_style

Value = str | int | bool | CommandBlock
"""A number as int, a flag as bool, commands as a block, everything else as canonical text."""

_NUMBER = re.compile(r"[ \t\n\v\f\r]*([+-]?[0-9]{1,30})")
_FLAGS = {"1": True, "on": True, "yes": True, "0": False, "off": False, "no": False}


def read_value(row: OptionRow, text: str | None, current: Value) -> Value:
    """The value that a text gives to an option that is no array and holds no commands.

    Args:
        row: The option.
        text: What was given; None toggles a flag or a choice, an empty text a flag.
        current: The value in force, for toggling.

    Raises:
        OptionError: In tmux's words, such as `value is too small: 0`.
    """
    if row.kind is OptionKind.FLAG and not text:
        return not current
    if row.kind is OptionKind.CHOICE and text is None:
        return _toggled(row, str(current))
    if text is None:
        raise OptionError("empty value")
    return _READERS[row.kind](row, text)


def value_text(value: Value, *, numeric: bool = False) -> str:
    """A value as show-options -v prints it; with `numeric`, flags as 1 and 0, as in formats."""
    if isinstance(value, bool):
        return str(int(value)) if numeric else ("on" if value else "off")
    return value.text if isinstance(value, CommandBlock) else str(value)


def _toggled(row: OptionRow, current: str) -> str:
    first, second, *_ = row.choices
    return {first: second, second: first}.get(current, current)


def _string(row: OptionRow, text: str) -> str:
    if row.pattern and not fnmatchcase(text, row.pattern):
        raise OptionError(f"value is invalid: {text}")
    return text


def _style(_row: OptionRow, text: str) -> str:
    if "#{" not in text:
        parse_style(text)
    return text


def _number(row: OptionRow, text: str) -> int:
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise OptionError(f"value is invalid: {text}")
    number = int(match[1])
    if number < row.minimum:
        raise OptionError(f"value is too small: {text}")
    if number > row.maximum:
        raise OptionError(f"value is too large: {text}")
    return number


def _key(_row: OptionRow, text: str) -> str:
    try:
        return canonical_name(text)
    except KeyNameError:
        raise OptionError(f"bad key: {text}") from None


def _colour(_row: OptionRow, text: str) -> str:
    return format_colour(parse_colour(text))


def _flag(row: OptionRow, text: str) -> bool | str:
    if text in row.later_choices:
        return text
    try:
        return _FLAGS[text.lower()]
    except KeyError:
        raise OptionError(f"bad value: {text}") from None


def _choice(row: OptionRow, text: str) -> str:
    if text not in (*row.choices, *row.later_choices):
        raise OptionError(f"unknown value: {text}")
    return text


_READERS: dict[OptionKind, Callable[[OptionRow, str], Value]] = {
    OptionKind.STRING: _string,
    OptionKind.STYLE: _style,
    OptionKind.NUMBER: _number,
    OptionKind.KEY: _key,
    OptionKind.COLOUR: _colour,
    OptionKind.FLAG: _flag,
    OptionKind.CHOICE: _choice,
}
