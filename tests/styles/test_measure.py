"""Width and trimming of styled text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.styles.escapes import find_end
from aimux.styles.measure import styled_width, trim_left, trim_right

STYLED = "#[fg=red]red#[default] plain##x"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), (STYLED, 11), ("#", 1), ("##", 1), ("###", 2), ("##[a]", 4), ("a#[bold", 0)],
)
def test_styles_take_no_cells_and_two_hashes_take_one(text: str, width: int) -> None:
    assert styled_width(text) == width


@pytest.mark.parametrize(
    ("limit", "left", "right"),
    [
        (1, "#[fg=red]r", "#[fg=red]#[default]x"),
        (2, "#[fg=red]re", "#[fg=red]#[default]##x"),
        (4, "#[fg=red]red#[default] ", "#[fg=red]#[default]in##x"),
        (10, "#[fg=red]red#[default] plain##", "#[fg=red]ed#[default] plain##x"),
        (11, STYLED, STYLED),
    ],
)
def test_trimming_counts_cells_and_keeps_styles(limit: int, left: str, right: str) -> None:
    assert trim_left(STYLED, limit) == left
    assert trim_right(STYLED, limit) == right


@given(st.text(alphabet="#[]ab日\u0301\x07", max_size=30), st.integers(1, 10))
def test_what_is_kept_is_never_wider_than_the_limit(text: str, limit: int) -> None:
    assert styled_width(trim_left(text, limit)) <= limit
    # From the right, a wide character may lose a cell to the limit; tmux keeps it whole.
    assert styled_width(trim_right(text, limit)) <= limit + 1


@pytest.mark.parametrize(
    ("text", "stops", "end"),
    [("a,b", ",", 1), ("a#,b,", ",", 4), ("#{a,b},", ",", 6), ("a", ",", -1), ("a}b,", ",", -1)],
)
def test_an_end_is_neither_escaped_nor_inside_braces(text: str, stops: str, end: int) -> None:
    assert find_end(text, 0, stops) == end
