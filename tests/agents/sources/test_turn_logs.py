"""The logs of pi, Qwen Code and Copilot CLI: as recorded, which turn ended how, and the numbers."""

from __future__ import annotations

import json

import pytest

from aimux.agents.sources.copilot_events import CopilotEvents
from aimux.agents.sources.pi_session import PiSession
from aimux.agents.sources.qwen_chat import QwenChat
from aimux.agents.sources.turn_log import TurnLog
from tests.agents.sources.recorded import lines


def endings(log: PiSession | QwenChat | CopilotEvents, name: str) -> list[str]:
    """How each turn of a recording ended; "" where the log does not tell."""
    found: list[str] = []
    for line in lines(name):
        before = log.prompted_at
        state = log.claim.state if log.claim else ""
        log.feed(line)
        if log.prompted_at != before and before is not None:
            found.append(state)
    return [*found, log.claim.state if log.claim else ""]


def test_a_recorded_session_of_pi() -> None:
    log = PiSession()
    assert endings(log, "pi-session") == [
        *("done", "idle", "done", "done", "done"),
        *("error", "error", "idle"),
    ]
    assert log.works_in("/home/me/proj")
    assert log.session.count("-") == 4
    assert log.context is not None
    assert (log.context.used, log.context.source) == (43_932, "session")


def test_a_recorded_chat_of_qwen() -> None:
    log = QwenChat()
    ended = endings(log, "qwen-chat")
    assert ended[:1] == ["done"]
    assert ended[1] == ""  # interrupted: the chat does not say so
    assert ended[-3:] == ["", "", ""]  # refused, and not a word of it
    assert log.works_in("/home/me/proj")
    assert log.context is not None
    assert (log.context.used, log.context.model) == (43_812, "mock-model")


def test_recorded_events_of_copilot() -> None:
    log = CopilotEvents()
    assert endings(log, "copilot-events") == [
        *("done", "done", "idle", "done", "done"),
        *("error", "error"),
    ]
    assert log.works_in("/home/me/proj")
    assert log.session == "f0874afd-8fff-4575-a55a-36652e47d0a6"
    assert log.context is not None
    assert (log.context.used, log.context.growth) == (43_812, 0)
    assert log.claim is not None
    assert log.claim.detail.startswith("Authentication failed")


def test_pi_tells_what_a_session_cost_and_how_often_it_was_compacted() -> None:
    log = PiSession()
    usage = {"input": 1000, "cost": {"total": 0.25}}
    answer = {"role": "assistant", "usage": usage, "stopReason": "stop", "model": "m"}
    for fields in (
        {"type": "message", "message": answer},
        {"type": "compaction"},
        {"type": "message", "message": {"role": "user"}},
        {"type": "message", "message": answer | {"usage": usage | {"input": 1500}}},
    ):
        log.feed(json.dumps(fields).encode())
    assert log.context is not None
    assert (log.context.cost, log.context.growth, log.context.compactions) == (0.5, 500, 1)


@pytest.mark.parametrize("make", [PiSession, QwenChat, CopilotEvents])
@pytest.mark.parametrize("line", [b"", b"[]", b"{", b'{"type": 1}', b'{"type": "message"}'])
def test_what_cannot_be_read_is_passed_over(make: type[TurnLog], line: bytes) -> None:
    log = make()
    assert isinstance(log, PiSession | QwenChat | CopilotEvents)
    log.feed(line)
    assert (log.context, log.claim, log.session) == (None, None, "")
