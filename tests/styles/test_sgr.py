"""SGR parameters."""

import pytest

from aimux.styles.sgr import NO_COLOURS, sgr
from aimux.styles.style import parse_style


@pytest.mark.parametrize(
    ("style", "depth", "parameters"),
    [
        ("default", 256, ""),
        ("fg=terminal,bg=terminal", 256, ""),
        ("bold,dim,italics,underscore,blink,reverse,hidden,strikethrough,overline", 16, None),
        ("fg=red,bg=brightblue", 256, "31;104"),
        ("fg=colour1,bg=colour12", 256, "31;104"),
        ("fg=colour200", 256, "38;5;200"),
        ("fg=colour200", 16, "95"),
        ("fg=#ff0000", 1 << 24, "38;2;255;0;0"),
        ("bg=#ff0000", 256, "48;5;196"),
        ("bg=#ff0000", 16, "101"),
        ("double-underscore,us=#010203", 256, "4:2;58:2::1:2:3"),
        ("align=right,fill=red,acs", 256, ""),
    ],
)
def test_a_style_becomes_the_parameters_that_the_depth_allows(
    style: str, depth: int, parameters: str | None
) -> None:
    expected = "1;2;3;4;5;7;8;9;53" if parameters is None else parameters
    assert sgr(parse_style(style), depth) == expected


@pytest.mark.parametrize(
    ("style", "parameters"),
    [("fg=red", ""), ("fg=red,bold", "1"), ("bg=blue", "7"), ("bg=blue,reverse", "")],
)
def test_without_colours_a_background_is_reverse_video(style: str, parameters: str) -> None:
    assert sgr(parse_style(style), NO_COLOURS) == parameters
