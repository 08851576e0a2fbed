import pytest

from aimux.vt.attributes import (
    BOLD,
    DIM,
    INDEXED_FOREGROUND,
    OVERLINE,
    PROTECTED,
    UNDERLINE_SHIFT,
    Attributes,
)
from aimux.vt.colours import RGB
from aimux.vt.sgr import apply_sgr


def underlined(style: int) -> Attributes:
    return Attributes(style << UNDERLINE_SHIFT)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", Attributes()),
        ("1", Attributes(BOLD)),
        ("1;2", Attributes(BOLD | DIM)),
        ("31", Attributes(0, 1)),
        ("97", Attributes(0, 15)),
        ("44", Attributes(0, -1, 4)),
        ("103", Attributes(0, -1, 11)),
        ("38;5;1", Attributes(INDEXED_FOREGROUND, 1)),
        ("38:5:1", Attributes(INDEXED_FOREGROUND, 1)),
        ("38;2;1;2;3", Attributes(0, RGB | 0x010203)),
        ("38:2:1:2:3", Attributes(0, RGB | 0x010203)),
        ("38:2::1:2:3", Attributes(0, RGB | 0x010203)),
        ("38;2;1;2;3;1", Attributes(BOLD, RGB | 0x010203)),
        ("58:2::1:2:3", Attributes(0, -1, -1, RGB | 0x010203)),
        ("4", underlined(1)),
        ("4:3", underlined(3)),
        ("4:0", Attributes()),
        ("21", underlined(2)),
        ("53", Attributes(OVERLINE)),
        ("38;5", Attributes()),
        ("38;2;1;2", Attributes(DIM | BOLD)),
        ("48;5;300", Attributes()),
        ("38;2;1;2;256", Attributes(BOLD | DIM)),
        ("4:9;1:3;12;99999", Attributes()),
    ],
)
def test_parameters_give_attributes(parameters, expected) -> None:
    assert apply_sgr(Attributes(), parameters) == expected


def test_22_ends_bold_and_dim_together() -> None:
    assert apply_sgr(Attributes(BOLD | DIM), "22") == Attributes()


def test_a_reset_leaves_link_and_protection() -> None:
    assert apply_sgr(Attributes(BOLD | PROTECTED, 1, 2, 3, 7), "0") == Attributes(PROTECTED, link=7)
