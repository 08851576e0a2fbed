"""Colours: names, numbers, and fewer of them."""

import pytest

from aimux.errors import OptionError
from aimux.styles.colour import (
    DEFAULT,
    INDEXED,
    RGB,
    TERMINAL,
    colour_rgb,
    format_colour,
    nearest_16,
    nearest_256,
    parse_colour,
    plain_colour,
)


@pytest.mark.parametrize(
    ("text", "colour", "shown"),
    [
        ("default", DEFAULT, "default"),
        ("terminal", TERMINAL, "terminal"),
        ("red", 1, "red"),
        ("RED", 1, "red"),
        ("brightred", 9, "brightred"),
        ("7", 7, "white"),
        ("97", 15, "brightwhite"),
        ("colour1", INDEXED | 1, "colour1"),
        ("color200", 200, "colour200"),
        ("#0aF3c9", RGB | 0x0AF3C9, "#0af3c9"),
        ("alice blue", RGB | 0xF0F8FF, "#f0f8ff"),
        ("DarkOrange3", RGB | 0xCD6600, "#cd6600"),
        ("grey50", RGB | 0x7F7F7F, "#7f7f7f"),
        ("greyish", RGB | 0xBEBEBE, "#bebebe"),
    ],
)
def test_a_colour_is_read_and_shown_as_tmux_shows_it(text: str, colour: int, shown: str) -> None:
    assert parse_colour(text) == colour
    assert format_colour(colour) == shown


@pytest.mark.parametrize(
    "text", ["", "nosuch", "colour256", "colour-1", "colour", "#12345", "#12345g", "grey101", "8"]
)
def test_what_is_no_colour_is_refused_in_tmuxs_words(text: str) -> None:
    with pytest.raises(OptionError, match=f"^bad colour: {text}$"):
        parse_colour(text)


def test_a_plain_colour_is_one_that_a_cell_can_have() -> None:
    assert [plain_colour(c) for c in (TERMINAL, INDEXED | 3, 3, 200, RGB | 5)] == [
        DEFAULT,
        3,
        3,
        200,
        RGB | 5,
    ]


def test_the_palette_is_xterms() -> None:
    assert [colour_rgb(c) for c in (1, 9, 16, 67, 231, 232, 255, DEFAULT)] == [
        0x800000,
        0xFF0000,
        0x000000,
        0x5F87AF,
        0xFFFFFF,
        0x080808,
        0xEEEEEE,
        None,
    ]


def test_every_colour_of_the_cube_and_of_the_greys_is_nearest_to_itself() -> None:
    rgb = [colour_rgb(index) for index in range(16, 256)]
    assert [colour_rgb(nearest_256(value)) for value in rgb if value is not None] == rgb
    assert [nearest_16(value) for value in (0x000000, 0xFE0000, 0x7E7E7E)] == [0, 9, 8]
