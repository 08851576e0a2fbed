"""Lines as Claude Code 2.1.330, Codex 0.169.0 and Gemini CLI 0.61.0 write them."""

import json
from datetime import UTC, datetime

import pytest

from aimux.agents.receipts import MAX_EXPECTED, Receipts

NOW = 1_795_379_188.0
HEAD = "Message #7 (note) from %1 (codex):\nplease say hi \u00e9"


def line(at: float = NOW, **fields: object) -> bytes:
    stamp = datetime.fromtimestamp(at, UTC).isoformat()
    return json.dumps({"timestamp": stamp} | fields).encode()


def user(text: str, at: float = NOW) -> bytes:
    return line(at, type="user", message={"role": "user", "content": text})


GIVEN = {
    "a prompt of Claude Code": user(HEAD),
    "its hook's reason": user(f"Stop hook feedback:\n{HEAD}"),
    "its hook's context": line(
        type="attachment", attachment={"type": "hook_additional_context", "content": [HEAD]}
    ),
    "a prompt that waited": line(
        type="attachment", attachment={"type": "queued_command", "prompt": HEAD}
    ),
    "a prompt of Codex": line(
        type="response_item",
        payload={"type": "message", "role": "user", "content": [{"text": HEAD}]},
    ),
    "a prompt of Gemini CLI": line(type="user", content=[{"text": HEAD}]),
}
NOT_GIVEN = {
    "what Claude Code says": line(
        type="assistant", message={"role": "assistant", "content": [{"text": HEAD}]}
    ),
    "what a tool printed": line(
        type="user", message={"content": [{"type": "tool_result", "content": HEAD}]}
    ),
    "what Codex says": line(
        type="response_item",
        payload={"type": "message", "role": "assistant", "content": [{"text": HEAD}]},
    ),
    "what Gemini CLI says": line(type="gemini", content=HEAD),
    "the words within a line": user(f"he wrote: {HEAD}"),
    "another message": user(HEAD.replace("#7", "#8")),
    "what was written long before": user(HEAD, at=NOW - 60),
    "no JSON": b'Message #7 (note) from {"',
}


def receipts() -> Receipts:
    found = Receipts()
    found.expect(7, NOW)
    return found


@pytest.mark.parametrize("what", GIVEN)
def test_what_the_agent_was_given_is_a_receipt_once(what: str) -> None:
    expected = receipts()
    assert expected.feed(GIVEN[what]) == [7]
    assert expected.feed(GIVEN[what]) == []
    assert not expected


@pytest.mark.parametrize("what", NOT_GIVEN)
def test_nothing_else_is_one(what: str) -> None:
    assert receipts().feed(NOT_GIVEN[what]) == []


def test_several_are_received_at_once() -> None:
    expected = receipts()
    expected.expect(9, NOW)
    text = f"{HEAD}\n\n{HEAD.replace('#7', '#9')}"
    assert expected.feed(user(text)) == [7, 9]


def test_what_is_expected_has_an_end() -> None:
    expected = Receipts()
    for number in range(MAX_EXPECTED + 5):
        expected.expect(number, NOW + number)
    assert len(expected) == MAX_EXPECTED
    assert expected.handed_between(0, NOW + 6) == [5, 6]
    expected.forget(5)
    assert expected.handed_between(0, NOW + 6) == [6]
