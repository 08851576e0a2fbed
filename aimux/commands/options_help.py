"""What customize-mode says of an option or a key, in the box below the list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_list import Preview
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.errors import OptionError
from aimux.model.key_tables import Binding
from aimux.model.option_row import OptionKind, OptionRow, Scope
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.styles.colour import parse_colour
from aimux.styles.style import PLAIN, Style, parse_style

EXAMPLE = "EXAMPLE"
# One line of help, and how its last word, an example, looks.
HelpLine = tuple[str, Style]


class KnownOption(Protocol):
    """An option as the help speaks of it: `options_tree.OptionPlace`."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def index(self) -> int | None:
        """Which item of an array it is."""

    @property
    def options(self) -> Options:
        """Where it is set."""

    @property
    def value(self) -> str:
        """Its text."""


class KnownKey(Protocol):
    """A key as the help speaks of it: `options_tree.KeyPlace`."""

    @property
    def table(self) -> str:
        """Its table's name."""

    @property
    def binding(self) -> Binding:
        """What it does."""


def option_help(
    place: KnownOption, held: Sequence[tuple[object, Options]], context: StateContext
) -> Preview:
    """What an option is, what its value is, and what it is elsewhere.

    Args:
        place: The option.
        held: All options of its kind, the global ones first.
        context: Expands its value.
    """

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        _draw(canvas, (row, column, columns, rows), _option_lines(place, held, context))

    return draw


def _option_lines(
    place: KnownOption, held: Sequence[tuple[object, Options]], context: StateContext
) -> list[HelpLine]:
    row = ROWS.get(place.name)
    lines = [_said(row.description if row is not None else "This option has no description.")]
    lines += [_said(""), _said(f"This is a {_scope_name(row)} option.")]
    if row is not None and row.is_array:
        which = "" if place.index is None else f", index {place.index}"
        lines.append(_said(f"This is an array option{which}."))
        if place.index is None:
            return lines
    unit = f" {row.unit}" if row is not None and row.unit else ""
    lines += [_said(""), _said(f"Option value: {place.value}{unit}")]
    lines += _kind_lines(row, place, context)
    lines += _other_lines(row, place, held, unit)
    return lines


def _scope_name(row: OptionRow | None) -> str:
    if row is None:
        return "user"
    if Scope.PANE in row.scope:
        return "window and pane"
    names = {Scope.WINDOW: "window", Scope.SESSION: "session"}
    return next((name for scope, name in names.items() if scope in row.scope), "server")


def _kind_lines(
    row: OptionRow | None, place: KnownOption, context: StateContext
) -> Iterable[HelpLine]:
    kind = OptionKind.STRING if row is None else row.kind
    if kind is OptionKind.STRING:
        expanded = expand(place.value, context)
        if expanded != place.value:
            yield _said(f"This expands to: {expanded}")
    elif kind is OptionKind.CHOICE and row is not None:
        yield _said(f"Available values are: {', '.join(row.choices)}")
    elif kind is OptionKind.COLOUR:
        yield f"This is a colour option: {EXAMPLE}", Style(fg=parse_colour(place.value))
    elif kind is OptionKind.STYLE:
        yield f"This is a style option: {EXAMPLE}", _style(expand(place.value, context))


def _style(text: str) -> Style:
    try:
        return parse_style(text)
    except OptionError:
        return PLAIN


def _other_lines(
    row: OptionRow | None,
    place: KnownOption,
    held: Sequence[tuple[object, Options]],
    unit: str,
) -> Iterable[HelpLine]:
    """The default, and the values that the one in force hides."""
    if row is not None and not row.is_array:
        default = Options.default_text(row)
        if default != place.value:
            yield _said(f"The default is: {default}{unit}")
    if row is not None and row.is_array:
        return
    names = ("Global", "Window") if len(held) > 2 else ("Global",)
    hidden = [
        _said(f"{name} value: {options.text(place.name)}{unit}")
        for name, (_, options) in zip(names, held, strict=False)
        if options is not place.options and options.is_own(place.name)
    ]
    yield from [_said(""), *reversed(hidden)] if hidden else []


def key_help(place: KnownKey, default: Binding | None) -> Preview:
    """What a key does, and what it did by default."""
    binding = place.binding
    note = binding.note or "There is no note for this key"
    lines = [
        _said(note if note.endswith(".") else f"{note}."),
        _said(""),
        _said(f"This key is in the {place.table} table."),
        _said(f"This key {'does' if binding.repeat else 'does not'} repeat."),
        _said(""),
        _said(f"Command: {binding.commands.text}"),
    ]
    if default is not None and default.commands.text != binding.commands.text:
        lines.append(_said(f"The default is: {default.commands.text}"))

    def draw(canvas: Canvas, row: int, column: int, columns: int, rows: int) -> None:
        _draw(canvas, (row, column, columns, rows), lines)

    return draw


def _said(text: str) -> HelpLine:
    return text, PLAIN


def _draw(canvas: Canvas, place: tuple[int, int, int, int], lines: Iterable[HelpLine]) -> None:
    row, column, columns, rows = place
    end = row + rows
    for text, look in lines:
        for part in wrapped(text, columns):
            if row >= end:
                return
            canvas.styled(row, column, columns, part.replace("#", "##"))
            if look is not PLAIN and part.endswith(EXAMPLE):
                canvas.plain(row, column + len(part) - len(EXAMPLE), EXAMPLE, look)
            row += 1


def wrapped(text: str, columns: int) -> list[str]:
    """A text in lines of at most `columns` characters, broken at blanks where there are some."""
    lines = []
    while len(text) > columns:
        blank = text.rfind(" ", 0, columns + 1)
        end = blank if blank > 0 else columns
        lines.append(text[:end])
        text = text[end:].lstrip(" ")
    return [*lines, text]
