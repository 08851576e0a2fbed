import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.security.clean import clean
from aimux.styles.width import text_width

any_text = st.text(st.characters(exclude_categories=()))
FORBIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u2028\u2029"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("  blanks  ", "blanks"),
        ("two\nlines\ttab", "two lines tab"),
        ("\x1b]0;title\x07\x9b1mx\x7f", "]0;title1mx"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\u2028b", "ab"),
        ("zero\u200bwidth\ufeff\u00ad", "zerowidth"),
        ("tag\U000e0041", "tag"),
        ("\ud800lone\udcff", "lone"),
        ("👩\u200d💻 ❤\ufe0f", "👩\u200d💻 ❤\ufe0f"),
        ("\u200d💻\u200d", "💻"),
        ("a \u200d b", "a  b"),
        ("\ufe0fx", "x"),
        ("e\u0301", "e\u0301"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4),
        ("\u0301" * 3, ""),
        ("hid\u3164\u115fden", "hidden"),
        ("", ""),
        ("\n\t ", ""),
    ],
)
def test_what_is_kept(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "limit", "cleaned"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdefg", 6, "abcde…"),
        ("漢字漢字", 8, "漢字漢字"),
        ("漢字漢字漢", 8, "漢字漢…"),
        ("ab cdef", 4, "ab…"),
        ("👩\u200d💻👩\u200d💻", 5, "👩\u200d💻…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_what_does_not_fit_is_cut_at_a_character(text: str, limit: int, cleaned: str) -> None:
    assert clean(text, limit=limit) == cleaned


@given(any_text, st.integers(0, 40))
def test_any_text_becomes_one_harmless_line(text: str, limit: int) -> None:
    line = clean(text, limit=limit)
    assert text_width(line) <= limit
    assert not set(line) & set(FORBIDDEN)
    kinds = {unicodedata.category(character) for character in line if character != "\u200d"}
    assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    line.encode()


@given(any_text, st.integers(0, 40))
def test_cleaning_twice_changes_nothing_more(text: str, limit: int) -> None:
    once = clean(text, limit=limit)
    assert clean(once, limit=limit) == once


@pytest.mark.parametrize("part", ["\u200b", "\u0301", "a\u200d", "\x1b"])
def test_time_is_linear(part: str) -> None:
    started = time.perf_counter()
    clean(part * 300_000)
    assert time.perf_counter() - started < 2.0
