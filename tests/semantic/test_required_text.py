"""Text that must stand in a line for a pattern to match it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.semantic.required_text import required_text
from aimux.semantic.tool_table import tool_table
from tests.semantic.recorded import recordings


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^FAILED (?P<name>.*)$", "FAILED "),
        (r"^test result: (?:ok|FAILED)\. ", "test result: "),
        ("a|bcd", ""),
        ("(?:abc)?de", "de"),
        ("(?P<x>undefined (?:one|two) reference)", "undefined "),
        (r"\d+ passed", " passed"),
        ("colou?rs", "colo"),
        ("[]abc]xyz+q", "xyz"),
        (r"\[ERROR\] x", "[ERROR] x"),
        ("(?!node:)abc", "abc"),
        ("a{2}bcd", "bcd"),
        ("(?i:error)", ""),
    ],
)
def test_the_longest_sure_run(pattern: str, text: str) -> None:
    assert required_text(pattern) == text


def test_no_rule_misses_a_line_that_its_pattern_fits() -> None:
    lines = [line for each in recordings()[::5] for line in each.lines()[:60]]
    rules = [rule for tool in tool_table().tools.values() for rule in tool.rules]
    for rule in {rule.match.pattern: rule for rule in rules}.values():
        for line in lines:
            if rule.needs not in line:
                assert rule.match.search(line) is None


@given(st.text("ab(|)?*:]P<>", max_size=12), st.text("ab", max_size=8))
def test_any_pattern_that_is_one_gives_text_that_its_matches_contain(
    pattern: str, line: str
) -> None:
    try:
        compiled = re.compile(pattern)
    except (re.error, RecursionError):
        return
    match = compiled.search(line)
    if match is not None:
        assert required_text(pattern) in line
