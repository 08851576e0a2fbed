"""Patterns of formats: what POSIX finds, in a bounded time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.commands.format_patterns import regex_matches, substitute


@pytest.mark.parametrize(
    ("pattern", "text", "result"),
    [
        ("(a|ab)(c|bcd)(d*)", "abcd", "[abcd]"),
        ("a|ab|abc", "abcd", "[abc]d"),
        ("x*|b", "b", "[b]"),
        ("(ab|a)*", "ababa", "[ababa]"),
        ("a?(ab)?", "ab", "[ab]"),
        ("(a{2}){2,3}", "aaaaaaa", "[aaaaaa]a"),
        ("[]^-]+", "a]^-b", "a[]^-]b"),
        ("[[:digit:][:space:]]+", "a1 2b", "a[1 2]b"),
        ("\\<b", "ab b", "ab [b]"),
        ("b$", "bb", "b[b]"),
        ("a.c", "a\nc", "[a\nc]"),
        ("(a)\\1", "xaax", "x[aa]x"),
        ("A", "aA", "a[A]"),
    ],
)
def test_the_leftmost_and_longest_is_found(pattern: str, text: str, result: str) -> None:
    assert substitute(pattern, "[\\0]", text) == result


@pytest.mark.parametrize(
    "pattern", ["(", "a{2", "a{3,2}", "*a", "a|*", "[a", "[[:x:]]", "\\", "\\1"]
)
def test_what_is_no_pattern_changes_nothing(pattern: str) -> None:
    assert substitute(pattern, "X", "a(\\1") == "a(\\1"
    assert not regex_matches(pattern, "a(\\1")


@pytest.mark.parametrize(
    ("pattern", "replacement", "text", "result"),
    [
        ("^", "X", "work", "ork"),
        ("x*", "-", "work", "w-o-r-k-"),
        ("a(x*)b", "[\\1]", "ab", "[1]"),
        ("a", "\\\\\\x", "a", "\\x"),
        ("^a", "", "aab", "ab"),
    ],
)
def test_tmuxs_quirks_of_substitution_are_kept(
    pattern: str, replacement: str, text: str, result: str
) -> None:
    assert substitute(pattern, replacement, text) == result


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(a|aa)+b", "(a*)*b", ".*.*.*.*.*b", "(a?){50}a{50}b", "((a|b)*c)*d"]
)
@pytest.mark.timeout(10)
def test_a_catastrophic_pattern_ends(pattern: str) -> None:
    assert not regex_matches(pattern, "a" * 20_000)
    assert substitute(pattern, "", "a" * 20_000) == "a" * 20_000


@given(st.text(alphabet="ab()[]{}*+?|^$\\.,-:1w", max_size=14), st.text(alphabet="ab-", max_size=8))
def test_no_pattern_raises(pattern: str, text: str) -> None:
    substitute(pattern, "<\\0\\1>", text)
    regex_matches(pattern, text, ignore_case=True)
