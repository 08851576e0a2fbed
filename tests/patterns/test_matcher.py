"""Extended regular expressions: where they begin to be searched, and that they end."""

import pytest

from aimux.patterns.matcher import compile_regex


@pytest.mark.parametrize(
    ("pattern", "text", "start", "span"),
    [
        ("a|ab", "xabab", 2, (3, 5)),
        ("(a+)+b", "aab aab", 1, (1, 3)),
        ("^a", "aa", 1, None),
        ("a$", "aa", 0, (1, 2)),
        (r"\<b", "bb b", 1, (3, 4)),
        (r"(a)\1", "xaa", 0, (1, 3)),
    ],
)
def test_a_search_may_begin_within_the_text(
    pattern: str, text: str, start: int, span: tuple[int, int] | None
) -> None:
    matcher = compile_regex(pattern)
    assert matcher is not None
    found = matcher.finder().find(text, start)
    assert (found[0] if found else None) == span


def test_the_searches_of_one_finder_share_their_work() -> None:
    matcher = compile_regex("(a+)+b")
    assert matcher is not None
    finder = matcher.finder(work=1000)
    assert finder.find("aab") is not None
    assert finder.find("a" * 1000) is None
    assert finder.find("aab") is None
