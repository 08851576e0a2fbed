"""Boxes: their lines and the titles in them."""

from __future__ import annotations

import pytest

from aimux.styles.box_lines import BOX_LINES, bottom_border, side, top_border
from aimux.styles.style import parse_style

SINGLE = BOX_LINES["single"]


def top(title: str, columns: int = 14, lines: str = "single") -> str:
    return top_border(BOX_LINES[lines], title, columns=columns, depth=256)


@pytest.mark.parametrize(
    ("title", "columns", "text"),
    [
        ("", 4, "┌──┐"),
        ("", 2, "┌┐"),
        ("title", 14, "┌─title──────┐"),
        ("title", 4, "┌──┐"),
        ("title", 7, "┌─tit─┐"),
        ("#[align=centre]ab", 14, "┌─────ab─────┐"),
        ("#[align=right]ab", 14, "┌─────────ab─┐"),
        ("a b ", 14, "┌─a b ───────┐"),
    ],
)
def test_a_title_stands_in_the_line(title: str, columns: int, text: str) -> None:
    assert top(title, columns) == text


def test_blank_lines_are_blanks_that_text_may_follow() -> None:
    assert top("ab", 10, "padded") == "  ab      "
    assert bottom_border(BOX_LINES["padded"], columns=4, depth=256) == "    "


def test_a_box_has_a_style() -> None:
    red = parse_style("fg=red")
    assert bottom_border(SINGLE, columns=4, base=red, depth=256) == "\x1b[31m└──┘\x1b[0m"
    assert side(SINGLE, base=red, depth=256) == "\x1b[31m│\x1b[0m"
