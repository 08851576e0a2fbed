"""Extended regular expressions, as `grep -E` reads them."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.copymode.pattern import is_regex, plain_pattern, regex_pattern

TEXTS = ("abc", "a.c", "a]c", "a-c", "x1 y2", "foo bar", "[x]", "tab\tx", r"back\slash", "A_B", "")
EXPRESSIONS = (
    *("a.c", r"a\.c", "[]]c", "[^]a]c", "[a-c]+", "[[:digit:]]", "[[:alpha:]]+[[:space:]]"),
    *("[^[:space:][:alpha:]]", r"\<bar", r"foo\>", r"\w+", "^a", "c$", "(foo|x1)", "o{2}"),
    *("[a\\]", r"\\s", r"[.]", "[-a]c", "[a-]c", r"\[x\]", "_"),
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_matches_what_grep_matches(expression: str) -> None:
    pattern = regex_pattern(expression)
    assert pattern is not None
    lines = "".join(f"{text}\n" for text in TEXTS)
    flags = [] if any(each.isupper() for each in expression) else ["-i"]
    found = subprocess.run(
        ["grep", "-E", *flags, "--", expression],
        input=lines,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [text for text in TEXTS if pattern.searches(text).find(0)] == found.stdout.splitlines()


def test_case_counts_where_a_capital_letter_is_asked_for() -> None:
    for compiled in (plain_pattern("foo"), regex_pattern("fo+")):
        assert compiled is not None
        assert compiled.searches("FOO").find(0)
    for compiled in (plain_pattern("Foo"), regex_pattern("Fo+")):
        assert compiled is not None
        assert not compiled.searches("foo").find(0)


def test_text_is_no_expression_unless_it_has_a_special_character() -> None:
    assert not is_regex("foo bar")
    assert is_regex("fo+")


@given(st.text(max_size=20))
def test_any_text_gives_a_pattern_or_none(text: str) -> None:
    plain_pattern(text)
    regex_pattern(text)
