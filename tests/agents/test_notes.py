import pytest

from aimux.agents import notes
from aimux.errors import CommandError
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, store

__all__ = ["store"]


def add(store: Store, text: str, namespace: str = "global") -> int:
    return notes.add(store, PERSON, namespace, text, now=NOW)


def found(store: Store, *words: str, namespace: str | None = None) -> list[int]:
    return [one.id for one in notes.search(store, words, namespace)]


def test_a_note_is_found_by_its_words_in_whatever_form(store: Store) -> None:
    first, second = add(store, "The parser needs running twice"), add(store, "tests are flaky")
    assert found(store, "run") == [first]
    assert found(store, "PARSER", "twice") == [first]
    assert found(store, "parser", "flaky") == []
    assert found(store) == [second, first]


@pytest.mark.parametrize("word", ['"', "a OR b", "NEAR(", "*", "col:x", "-x", "^a", "x'--"])
def test_no_word_is_an_operator(store: Store, word: str) -> None:
    add(store, "something else")
    assert found(store, word) == []


def test_a_namespace_is_searched_alone(store: Store) -> None:
    first, second = add(store, "here", "a"), add(store, "here", "b")
    assert found(store, "here", namespace="a") == [first]
    assert sorted(found(store, "here")) == [first, second]


def test_what_is_empty_or_too_long_is_refused(store: Store) -> None:
    for text in ("", " \n", "x" * (notes.MAX_NOTE + 1)):
        with pytest.raises(CommandError):
            add(store, text)


def test_the_oldest_notes_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MAX_NOTES", 2)
    add(store, "one word")
    kept = [add(store, "two word"), add(store, "three word")]
    assert sorted(found(store, "word")) == kept
