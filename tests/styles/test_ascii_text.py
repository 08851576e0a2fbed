"""Text for terminals that show no more than ASCII."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aimux.styles.ascii_text import ascii_text
from aimux.styles.width import text_width


def test_lines_are_plus_minus_and_bar() -> None:
    assert ascii_text("┌─┬─┐ │ ╔═╗ ┃ ·") == "+-+-+ | +-+ | ."


def test_marks_keep_their_meaning() -> None:
    assert ascii_text("▲●◌✓✗⏸∅") == "!*~+x=-"


def test_everything_else_is_an_underscore_a_cell() -> None:
    assert ascii_text("é漢x\u0301") == "___x"


def test_sequences_stay() -> None:
    assert ascii_text("\x1b[1m│\x1b[0m") == "\x1b[1m|\x1b[0m"


@given(st.text())
def test_it_is_ascii_in_as_many_cells(text: str) -> None:
    shown = ascii_text(text)
    assert shown.isascii()
    assert text_width(shown) == text_width(text)
