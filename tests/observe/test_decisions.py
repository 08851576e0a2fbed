from dataclasses import replace

import pytest

from aimux.errors import CommandError
from aimux.observe import decisions
from aimux.observe.decisions import Decision, as_markdown
from aimux.persist.store import Store
from tests.agents.store import NOW, store

__all__ = ["store"]
MADE = Decision(
    at=NOW,
    author="%1",
    agent="claude",
    path="/work",
    title="which database",
    options=("sqlite", "files"),
    chosen="sqlite",
    why="one writer",
    confidence=0.8,
    link="commit abc",
)


def test_a_decision_comes_back_as_it_was_made(store: Store) -> None:
    number = decisions.log(store, MADE)
    assert decisions.list_decisions(store, limit=10) == [replace(MADE, id=number)]


def test_its_outcome_is_known_later_and_the_last_word_counts(store: Store) -> None:
    number = decisions.log(store, MADE)
    decisions.set_outcome(store, number, "ok", "me", now=NOW + 1)
    decisions.set_outcome(store, number, "bad", "%2", now=NOW + 2)
    found = decisions.list_decisions(store, limit=1)[0]
    assert (found.outcome, found.outcome_at, found.outcome_by) == ("bad", NOW + 2, "%2")
    with pytest.raises(CommandError, match="no decision 9"):
        decisions.set_outcome(store, 9, "ok", "me", now=NOW)


def test_the_newest_are_listed_and_the_oldest_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decisions, "MAX_KEPT", 3)
    for number in range(5):
        decisions.log(store, replace(MADE, title=str(number)))
    assert [one.title for one in decisions.list_decisions(store, limit=2)] == ["3", "4"]
    assert [one.title for one in decisions.list_decisions(store, limit=9)] == ["2", "3", "4"]


def test_secrets_are_not_kept(store: Store) -> None:
    secret = "sk-" + "ant-api03-" + "a1B2" * 20
    decisions.log(store, replace(MADE, why=f"the key is {secret}"))
    assert secret not in decisions.list_decisions(store, limit=1)[0].why


def test_nothing_that_was_written_is_markup_in_the_document() -> None:
    nasty = replace(MADE, id=1, title="# <b>*x*</b>\x1b[31m\n## y", why="[a](b) `c`")
    text = as_markdown([nasty], ["today"])
    assert r"## 1. \# \<b\>\*x\*\</b\>\[31m \#\# y" in text.splitlines()
    assert r"* **Why**: \[a\](b) \`c\`" in text.splitlines()
    assert "\x1b" not in text
