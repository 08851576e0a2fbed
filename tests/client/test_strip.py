"""A row of the server as a strip behaves as a plain strip of the same segments."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from aimux.client.sgr import parse_row
from aimux.client.strip import AnsiStrip

ROW = "\x1b[1;31mred\x1b[m plain 日本 \x1b[4:3;38;5;99mcurl\x1b[44m\x1b[5X\x1b[5C\x1b[m!"
WIDTH = 25

OPERATIONS: dict[str, Callable[[Strip], object]] = {
    "bool": bool,
    "text": lambda strip: strip.text,
    "len": len,
    "cell_length": lambda strip: strip.cell_length,
    "cell_count": lambda strip: strip.cell_count,
    "iter": list,
    "reversed": lambda strip: list(reversed(strip)),
    "item": lambda strip: strip[2:7],
    "crop": lambda strip: strip.crop(2, 13),
    "crop into a wide character": lambda strip: strip.crop(11, 20),
    "divide": lambda strip: list(strip.divide([4, 12, WIDTH])),
    "longer": lambda strip: strip.adjust_cell_length(WIDTH + 5, Style(bold=True)),
    "shorter": lambda strip: strip.adjust_cell_length(12),
    "crop_extend": lambda strip: strip.crop_extend(3, WIDTH + 4, None),
    "extend": lambda strip: strip.extend_cell_length(WIDTH + 2),
    "crop_pad": lambda strip: strip.crop_pad(WIDTH, 2, 3, Style()),
    "style": lambda strip: strip.apply_style(Style(reverse=True)),
    "meta": lambda strip: strip.apply_meta({"a": 1}).text,
    "simplify": lambda strip: strip.simplify(),
    "join": lambda strip: Strip.join([strip, Strip([Segment("x")], 1)]),
    "discard_meta": lambda strip: strip.discard_meta(),
    "offsets": lambda strip: strip.apply_offsets(3, 4).text,
    "links": lambda strip: strip.link_ids,
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_whatever_textual_does_gives_what_a_plain_strip_gives(name: str) -> None:
    operation = OPERATIONS[name]
    assert operation(AnsiStrip(ROW, WIDTH)) == operation(Strip(parse_row(ROW), WIDTH))


@pytest.mark.parametrize(
    "whole",
    [
        lambda strip: strip,
        lambda strip: strip.crop(0, WIDTH),
        lambda strip: strip.divide([WIDTH])[0],
        lambda strip: strip.adjust_cell_length(WIDTH),
    ],
)
def test_a_whole_row_is_drawn_as_it_came(whole: Callable[[Strip], Strip]) -> None:
    assert whole(AnsiStrip(ROW, WIDTH)).render(Console()) == ROW


def test_the_width_given_is_the_width_of_the_segments() -> None:
    assert sum(segment.cell_length for segment in AnsiStrip(ROW, WIDTH)) == WIDTH
