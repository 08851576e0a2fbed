"""Cells of characters."""

import ctypes
import ctypes.util
import locale
import unicodedata
from collections.abc import Iterator

import pytest

from aimux.styles.width import NOT_DRAWN, character_width, text_width
from tests.programs import without


@pytest.fixture
def _unicode_locale() -> Iterator[None]:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        without("no C.UTF-8 here")
    yield
    locale.setlocale(locale.LC_CTYPE, before)


@pytest.mark.parametrize(
    ("text", "cells"),
    [("", 0), ("plain", 5), ("日本", 4), ("e\u0301", 1), ("\x1b[m\x07", 2), ("a\udcffb", 2)],
)
def test_a_text_is_as_wide_as_its_characters(text: str, cells: int) -> None:
    assert text_width(text) == cells


def test_controls_and_undecodable_bytes_are_not_drawn() -> None:
    assert {character_width(c) for c in "\x00\x1b\x7f\x9b\u2028\udc80"} == {NOT_DRAWN}


@pytest.mark.usefixtures("_unicode_locale")
def test_the_widths_are_those_of_the_c_library_that_tmux_asks() -> None:
    library = ctypes.CDLL(ctypes.util.find_library("c"))
    if not hasattr(library, "gnu_get_libc_version"):
        pytest.skip("another C library has other tables")
    different = {
        f"{code:x}"
        for code in [*range(0x20, 0xD800), *range(0xE000, 0x20000), *range(0x20000, 0x20100)]
        if unicodedata.category(chr(code)) not in ("Cn", "Co")
        and library.wcwidth(code) != character_width(chr(code))
    }
    assert different == set()
