"""Fuzzy matching: the letters of what was typed stand in a text, in that order, and how well.

Each word of what was typed is looked for by itself, anywhere. A word that stands in the text whole
counts more than one whose letters are scattered, and the beginning of a word more than its middle.
Takes time in proportion to the two lengths, which are bounded.
"""

from __future__ import annotations

from msgspec import Struct

MAXIMUM_TEXT = 300
MAXIMUM_TYPED = 100
_WHOLE, _START, _FOLLOWS, _SPREAD = 30, 8, 4, 1


class Match(Struct, frozen=True):
    """How a text matches.

    Attributes:
        score: Higher is better; 0 where nothing was typed.
        places: Which characters of the text were found.
    """

    score: int
    places: frozenset[int] = frozenset()


def fuzzy_match(typed: str, text: str, more: str = "") -> Match | None:
    """How well a text matches what was typed; None if it does not. Case does not count.

    Args:
        typed: Words.
        text: What is looked through.
        more: What a word may stand in whole that is not in the text; it counts little.
    """
    rest = more[:MAXIMUM_TEXT].lower()
    lowered = text[:MAXIMUM_TEXT].lower()
    if len(lowered) != min(len(text), MAXIMUM_TEXT):  # a capital that is two small letters
        lowered = text[:MAXIMUM_TEXT]
    score, places = 0, set[int]()
    for word in typed[:MAXIMUM_TYPED].lower().split():
        found = _whole_word(word, lowered)
        if found is None:
            found = Match(_SPREAD) if word in rest else _scattered(word, lowered)
        if found is None:
            return None
        score += found.score
        places |= found.places
    return Match(score, frozenset(places))


def _whole_word(word: str, text: str) -> Match | None:
    place = _whole(word, text)
    if place is None:
        return None
    bonus = _START * len(word) if _is_start(text, place) else 0
    return Match(
        _WHOLE + 2 * _FOLLOWS * len(word) + bonus - min(place // 4, 5),
        frozenset(range(place, place + len(word))),
    )


def _whole(word: str, text: str) -> int | None:
    """Where a word stands whole, at the beginning of a word if it does anywhere."""
    first = place = text.find(word)
    while place >= 0:
        if _is_start(text, place):
            return place
        place = text.find(word, place + 1)
    return first if first >= 0 else None


def _scattered(word: str, text: str) -> Match | None:
    places: list[int] = []
    score, place = 0, -1
    for letter in word:
        place = text.find(letter, place + 1)
        if place < 0:
            return None
        follows = bool(places) and places[-1] == place - 1
        score += _START if _is_start(text, place) else _FOLLOWS if follows else _SPREAD
        places.append(place)
    if places[-1] - places[0] > 2 * len(word) + 3:
        return None  # so far apart that nobody would have meant it
    return Match(score - min((places[-1] - places[0]) // 4, 10), frozenset(places))


def _is_start(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
