"""Globs, as fnmatch(3) reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.patterns.globs import glob_matches


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("*", "", True),
        ("a*b*c", "a/.b/c", True),
        ("a*b*c", "abcd", False),
        ("?", "é", True),
        ("[!a-c]", "d", True),
        ("[^a-c]", "b", False),
        ("[a\\]]", "]", True),
        ("\\*", "*", True),
        ("\\", "\\", False),
        ("[", "[", True),
        ("[[:alpha:]]", "é", True),
        ("[[:no:]]", "a", False),
    ],
)
def test_a_glob_matches_the_whole_text(pattern: str, text: str, matches: bool) -> None:
    assert glob_matches(pattern, text) is matches
    assert glob_matches(pattern.upper(), text, ignore_case=True) is matches or "[:" in pattern


@given(st.text(alphabet="ab[]*?\\-:1", max_size=14), st.text(alphabet="ab-", max_size=8))
def test_no_glob_raises(pattern: str, text: str) -> None:
    glob_matches(pattern, text)
