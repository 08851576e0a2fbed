"""Reads the rows that the server renders back into Rich segments (`protocol.row_text`).

Only needed where something must cut or restyle a row, as an overlay does; a row that is drawn whole
is passed through as it came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from aimux.client.canvas import MAX_COLUMNS

_SEQUENCE = re.compile(
    r"\x1b(?:\[(?P<parameters>[\d;:]*)(?P<final>[mX])|\]8;[^;\x07\x1b]*;(?P<link>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\[[0-?]*[ -/]*[@-~]|.?)",
    re.DOTALL,
)
# After an ECH that leaves blank cells; after another one stands the character it cleaned for.
_ends_cells = re.compile(r"\x1b\[\d+C|\Z").match


class Pen(NamedTuple):
    """What is in force: Rich's names of the attributes that are on, colours, and a link."""

    on: frozenset[str] = frozenset()
    color: Color | None = None
    bgcolor: Color | None = None
    link: str | None = None


PLAIN = Pen()

_UNDERLINES = frozenset({"underline", "underline2"})
# Rich knows one line and two; dotted, dashed and curly ones are shown as one.
_ON = {
    "1": "bold",
    "2": "dim",
    "3": "italic",
    "4": "underline",
    "4:1": "underline",
    "4:2": "underline2",
    "4:3": "underline",
    "4:4": "underline",
    "4:5": "underline",
    "5": "blink",
    "6": "blink2",
    "7": "reverse",
    "8": "conceal",
    "9": "strike",
    "21": "underline2",
    "53": "overline",
}
_OFF = {
    "4:0": _UNDERLINES,
    "22": frozenset({"bold", "dim"}),
    "23": frozenset({"italic"}),
    "24": _UNDERLINES,
    "25": frozenset({"blink", "blink2"}),
    "27": frozenset({"reverse"}),
    "28": frozenset({"conceal"}),
    "29": frozenset({"strike"}),
    "55": frozenset({"overline"}),
}
_COLORS = {str(30 + number): Color.from_ansi(number) for number in range(8)} | {
    str(90 + number): Color.from_ansi(8 + number) for number in range(8)
}
_BACKGROUNDS = {str(40 + number): Color.from_ansi(number) for number in range(8)} | {
    str(100 + number): Color.from_ansi(8 + number) for number in range(8)
}
# With an argument: a colour of the palette, or a direct one. Underlines keep the text's colour.
_EXTENDED = frozenset({"38", "48", "58"})


def parse_row(text: str) -> list[Segment]:
    """The segments of a row. Unknown sequences are left out, never shown; never raises."""
    return list(_segments(text))


def _segments(text: str) -> Iterator[Segment]:
    pen, position, room = PLAIN, 0, 0
    for match in _SEQUENCE.finditer(text):
        if match.start() > position:
            yield Segment(_fitted(text[position : match.start()], room), style_of(pen))
            room = 0
        position = match.end()
        if match["final"] == "m":
            pen = apply_sgr(pen, match["parameters"])
        elif match["final"] == "X" and match["parameters"].isdigit():
            count = min(int(match["parameters"]), MAX_COLUMNS)
            if _ends_cells(text, position) is None:
                room = count
            else:
                # ECH fills with the background and nothing else.
                yield Segment(" " * count, style_of(Pen(bgcolor=pen.bgcolor)))
        elif match["link"] is not None:
            pen = pen._replace(link=match["link"] or None)
    if position < len(text):
        yield Segment(text[position:], style_of(pen))


def _fitted(text: str, room: int) -> str:
    """A text of exactly so many cells, as Rich counts them; any text if `room` is 0."""
    if not room:
        return text
    missing = room - cell_len(text)
    return text + " " * missing if missing >= 0 else " " * room


@lru_cache(maxsize=4096)
def apply_sgr(pen: Pen, parameters: str) -> Pen:
    """The pen after `CSI parameters m` (ECMA-48 §8.3.117; colons as in ISO 8613-6).

    A link is no attribute of SGR and stays. Unknown parameters are skipped.
    """
    remaining = iter(parameters.split(";"))
    for parameter in remaining:
        code = parameter.lstrip("0")
        kind, *fields = code.split(":")
        if kind not in _EXTENDED:
            pen = _apply_simple(pen, code)
        else:
            pen = _apply_extended(pen, kind, _color(fields or _arguments(remaining)))
    return pen


def _apply_simple(pen: Pen, code: str) -> Pen:
    if code == "":
        return Pen(link=pen.link)
    if code in _ON:
        return pen._replace(on=pen.on | {_ON[code]})
    if code in _OFF:
        return pen._replace(on=pen.on - _OFF[code])
    if code in _COLORS or code == "39":
        return pen._replace(color=_COLORS.get(code))
    if code in _BACKGROUNDS or code == "49":
        return pen._replace(bgcolor=_BACKGROUNDS.get(code))
    return pen


def _apply_extended(pen: Pen, kind: str, color: Color | None) -> Pen:
    if color and kind == "38":
        return pen._replace(color=color)
    if color and kind == "48":
        return pen._replace(bgcolor=color)
    return pen


def _arguments(remaining: Iterator[str]) -> list[str]:
    """What belongs to a `38` that is written with semicolons."""
    kind = next(remaining, "")
    return [kind, *(next(remaining, "") for _ in range({"5": 1, "2": 3}.get(kind, 0)))]


def _color(fields: list[str]) -> Color | None:
    numbers = [int(field) for field in fields if field.isdigit()]
    if len(numbers) == 2 and numbers[0] == 5 and numbers[1] < 256:
        return Color.from_ansi(numbers[1])
    if len(numbers) >= 4 and numbers[0] == 2 and max(numbers[-3:]) < 256:
        return Color.from_rgb(*numbers[-3:])
    return None


@lru_cache(maxsize=4096)
def style_of(pen: Pen) -> Style | None:
    """The Rich style that shows what `pen` says; None for a plain one."""
    if pen == PLAIN:
        return None
    colors = Style(color=pen.color, bgcolor=pen.bgcolor, link=pen.link)
    return colors + Style.parse(" ".join(sorted(pen.on)))
