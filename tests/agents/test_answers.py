import pytest

from aimux.agents.answers import parse_answers, request_of
from aimux.agents.kinds import shipped_kinds
from aimux.agents.screen_rules import ScreenFinding
from aimux.errors import ParseError

PERMISSION = ScreenFinding("waiting", "permission", "rm x", "permission prompt")


def test_a_prompt_is_answered_by_the_keys_of_its_own_rule() -> None:
    request = request_of(shipped_kinds()["claude-code"].answers, PERMISSION)
    assert request is not None
    assert (request.text, request.reason, request.seen) == ("rm x", "permission", PERMISSION)
    assert [(one.key, one.word, one.keys) for one in request.answers] == [
        ("y", "allow", b"1"),
        ("n", "deny", b"\x1b"),
    ]


def test_a_prompt_whose_first_choice_allows_more_has_no_answers() -> None:
    other = ScreenFinding("waiting", "permission", "", "permission with other choices")
    request = request_of(shipped_kinds()["claude-code"].answers, other)
    assert request is not None
    assert request.answers == ()


def test_a_screen_without_a_prompt_asks_nothing() -> None:
    rules = shipped_kinds()["codex"].answers
    assert request_of(rules, None) is None
    assert request_of(rules, ScreenFinding("working", "", "", "spinning title")) is None


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("y", "not a list"),
        ([{"rule": "r"}], "not a table of"),
        ([{"rule": "r", "key": "y", "word": "allow", "keys": ""}], "something else than strings"),
        ([{"rule": "other", "key": "y", "word": "allow", "keys": "1"}], "unknown screen rule"),
    ],
)
def test_a_wrong_answer_in_a_file_is_refused(table: object, why: str) -> None:
    with pytest.raises(ParseError, match=why):
        parse_answers("x", table, ["r"])
