import json

import pytest

from aimux.agents.delivery import WAYS
from aimux.agents.delivery_rules import DeliveryRules, parse_delivery
from aimux.agents.kinds import shipped_kinds
from aimux.errors import ParseError

ANSWER = {"decision": "block", "reason": "{messages}"}


def test_a_kind_that_says_nothing_is_pasted_to() -> None:
    assert parse_delivery("x", None) == DeliveryRules(("paste",), {}, has_receipts=False)


@pytest.mark.parametrize(
    ("kind", "ways", "receipts"),
    [
        ("claude-code", ("hook", "paste"), True),
        ("codex", ("queue", "paste"), True),
        ("gemini-cli", ("hook", "paste"), True),
        ("opencode", ("plugin", "paste"), False),
        ("aider", ("paste",), False),
    ],
)
def test_the_table_of_ways(kind: str, ways: tuple[str, ...], receipts: bool) -> None:  # a column
    rules = shipped_kinds()[kind].delivery
    assert (rules.ways, rules.has_receipts) == (ways, receipts)
    assert set(ways) <= set(WAYS)


def test_a_hooks_answer_is_json_of_ascii_whatever_stands_in_the_text() -> None:
    hook = parse_delivery("x", {"hooks": {"Stop": {"answer": ANSWER}}}).hooks["Stop"]
    text = 'a "quoted" \u00e9\n\x1b[31m\x7f\u202e{messages}'
    told = hook.answering(text)
    assert told.isascii()
    assert told.isprintable()
    assert json.loads(told) == {"decision": "block", "reason": text}


def test_a_hook_that_has_prolonged_the_turn_is_not_answered() -> None:
    stop = shipped_kinds()["claude-code"].delivery.hooks["Stop"]
    assert stop.allows({"stop_hook_active": False})
    assert stop.allows({})
    assert not stop.allows({"stop_hook_active": True})


@pytest.mark.parametrize(
    "table",
    [
        "hook",
        {"ways": "hook"},
        {"ways": ["pigeon"]},
        {"bogus": 1},
        {"receipts": "yes"},
        {"hooks": []},
        {"hooks": {"Stop": {}}},
        {"hooks": {"Stop": {"answer": {"reason": "nothing"}}}},
        {"hooks": {"Stop": {"answer": {"a": "{messages}", "b": ["{messages}"]}}}},
        {"hooks": {"Stop": {"answer": ANSWER, "priority": "very"}}},
        {"hooks": {"Stop": {"answer": ANSWER, "unless": 1}}},
        {"hooks": {"Stop": {"answer": ANSWER, "bogus": 1}}},
    ],
)
def test_what_is_wrong_is_refused(table: object) -> None:
    with pytest.raises(ParseError, match=r"x\.toml"):
        parse_delivery("x", table)
