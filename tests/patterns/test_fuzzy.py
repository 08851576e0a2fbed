"""Fuzzy matching."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aimux.patterns.fuzzy import fuzzy_match


def best(typed: str, *texts: str) -> list[str]:
    scored = [(match.score, text) for text in texts if (match := fuzzy_match(typed, text))]
    return [text for _, text in sorted(scored, key=lambda one: -one[0])]


def test_a_whole_word_comes_before_scattered_letters() -> None:
    assert best("split", "suspend-client", "split-window") == ["split-window", "suspend-client"]


def test_the_beginning_of_a_word_comes_before_its_middle() -> None:
    assert best("pane", "companel", "kill-pane") == ["kill-pane", "companel"]


def test_the_first_letters_of_words_are_enough() -> None:
    assert best("nw", "new-window", "next-layout") == ["new-window"]


def test_every_word_has_to_be_found_in_any_order() -> None:
    assert best("window kill", "kill-window", "kill-pane") == ["kill-window"]


def test_case_does_not_count() -> None:
    match = fuzzy_match("SPLIT", "Split window")
    assert match is not None
    assert match.places == frozenset(range(5))


def test_what_else_is_known_is_looked_through_for_whole_words() -> None:
    assert fuzzy_match("horizontal", "split", "side by side, horizontal") is not None
    assert fuzzy_match("hrzntl", "split", "side by side, horizontal") is None


def test_letters_too_far_apart_are_no_match() -> None:
    assert fuzzy_match("split", "Switch to the previous client's last window") is None


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_the_places_are_in_the_text(typed: str, text: str, more: str) -> None:
    match = fuzzy_match(typed, text, more)
    assert match is None or all(0 <= place < len(text) for place in match.places)
