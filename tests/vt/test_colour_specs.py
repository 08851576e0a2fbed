"""The forms of a colour in OSC 10 to 12, each as tmux 3.3a shows it in `#{pane_bg}`."""

from __future__ import annotations

import pytest

from aimux.vt.colour_specs import parse_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("rgb:10/4E/8B", 0x104E8B),
        ("rgb:1000/4E00/8B00", 0x104E8B),
        ("rgb:f/0/8", 0xFF0088),
        ("#104E8B", 0x104E8B),
        ("#10004E008B00", 0x104E8B),
        ("16,78,139", 0x104E8B),
        ("cmy:0.9373/0.6941/0.4549", 0x0F4E8B),
        ("cmyk:0.88/0.44/0.00/0.45", 0x104E8C),
        ("  DodgerBlue4  ", 0x104E8B),
        ("red", 0xFF0000),
        ("grey", 0xBEBEBE),
        ("gray31", 0x4F4F4F),
        ("grey100", 0xFFFFFF),
    ],
)
def test_a_colour_is_read(text: str, colour: int) -> None:
    assert parse_colour(text) == colour


@pytest.mark.parametrize(
    "text", ["", "?", "no such colour", "grey101", "16,78,256", "cmy:2/0/0", "rgb:1/2", "#12345"]
)
def test_what_is_none_is_none(text: str) -> None:
    assert parse_colour(text) is None
