"""How kinds are started, resumed and told something."""

from __future__ import annotations

import pytest

from aimux.agents.kinds import shipped_kinds
from aimux.agents.launch import parse_launch
from aimux.agents.recognise import kind_started_by
from aimux.errors import ParseError


def test_every_kind_can_be_started_and_is_recognised_by_the_words_it_is_started_with() -> None:
    for kind in shipped_kinds().values():
        assert kind.launch is not None
        for words in (kind.launch.start, kind.launch.resuming("an-id")):
            assert not words or kind_started_by(words) is kind, words


def test_a_message_and_an_id_are_put_into_words_as_they_are() -> None:
    codex = shipped_kinds()["codex"].launch
    assert codex is not None
    told = codex.queueing("th-1", "say {id}; $(x)")
    assert told == ("codex", "queue", "--thread", "th-1", "--message", "say {id}; $(x)")
    assert codex.resuming("th-1") == ("codex", "resume", "th-1")


def test_an_id_is_found_in_what_names_a_session() -> None:
    codex, claude = (shipped_kinds()[name].launch for name in ("codex", "claude-code"))
    assert codex is not None
    assert claude is not None
    thread = "01a2049b-0b0e-7593-ba83-f50be93e2aaa"
    assert codex.session_id(f"rollout-2026-11-22T18-53-19-{thread}") == thread
    assert codex.session_id("something else") == ""
    assert claude.session_id("any-name") == "any-name"


def test_who_has_no_queue_gives_no_words() -> None:
    claude = shipped_kinds()["claude-code"].launch
    assert claude is not None
    assert claude.queueing("id", "text") == ()


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({}, "start is missing"),
        ({"start": "claude"}, "start is not a list of strings"),
        ({"start": ["x"], "halt": []}, "unknown key: halt"),
        ({"start": ["x"], "id": "("}, "id: missing"),
        ({"start": ["x"], "install": 3}, "install is not a string"),
        (3, "launch is not a table"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(table: object, error: str) -> None:
    with pytest.raises(ParseError, match=error):
        parse_launch("mine", table)


def test_a_kind_without_it_is_only_recognised() -> None:
    assert parse_launch("mine", None) is None
