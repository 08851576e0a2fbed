"""Reading rendered rows back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from aimux.client.sgr import PLAIN, Pen, apply_sgr, parse_row

PURPLE = Color.from_rgb(100, 50, 150)


@pytest.mark.parametrize(
    ("parameters", "pen"),
    [
        ("", PLAIN),
        ("1;31", Pen(on=frozenset({"bold"}), color=Color.from_ansi(1))),
        ("1;2;22;3", Pen(on=frozenset({"italic"}))),
        ("4:3", Pen(on=frozenset({"underline"}))),
        ("21;24", PLAIN),
        ("97;104", Pen(color=Color.from_ansi(15), bgcolor=Color.from_ansi(12))),
        ("38;5;200;1", Pen(on=frozenset({"bold"}), color=Color.from_ansi(200))),
        ("48;2;100;50;150", Pen(bgcolor=PURPLE)),
        ("38:2::100:50:150", Pen(color=PURPLE)),
        ("38:2:100:50:150", Pen(color=PURPLE)),
        ("58;2;1;2;3;7", Pen(on=frozenset({"reverse"}))),
        ("38;5;999;9", Pen(on=frozenset({"strike"}))),
        ("31;39;1;0", PLAIN),
        ("5;123456;99", Pen(on=frozenset({"blink"}))),
    ],
)
def test_sgr_gives_the_pen(parameters: str, pen: Pen) -> None:
    assert apply_sgr(PLAIN, parameters) == pen


def test_a_row_becomes_segments() -> None:
    assert parse_row("a\x1b[1mb\x1b[mc") == [
        Segment("a"),
        Segment("b", Style(bold=True)),
        Segment("c"),
    ]


def test_erased_cells_have_the_background_only() -> None:
    blank = parse_row("\x1b[4;44m\x1b[3X\x1b[3C\x1b[m")
    assert blank == [Segment("   ", Style(bgcolor=Color.from_ansi(4)))]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("👍", "👍"), ("❤", "❤ "), ("👩\u200d💻", "👩\u200d💻"), ("🇫🇷x", "  ")],
)
def test_a_cell_has_the_width_that_the_server_gave_it(cell: str, shown: str) -> None:
    row = parse_row(f"a\x1b[2X{cell}\x1b[4Gb\x1b[3X\x1b[3C|\x1b[2X")
    assert [segment.text for segment in row] == ["a", shown, "b", "   ", "|", "  "]


def test_a_link_outlives_an_sgr_reset_and_ends_by_itself() -> None:
    first, second, third = parse_row("\x1b]8;id=1;http://x/\x1b\\a\x1b[1mb\x1b[m\x1b]8;;\x1b\\c")
    assert (first.style and first.style.link) == "http://x/"
    assert (second.style and second.style.link) == "http://x/"
    assert third == Segment("c")


@given(st.text(st.sampled_from("\x1b[];:0123458mXC?\\x\x07日"), max_size=40))
def test_no_row_raises_or_shows_an_escape(row: str) -> None:
    assert "\x1b" not in "".join(segment.text for segment in parse_row(row))
