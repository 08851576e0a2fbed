import pytest

from aimux.agents.sources.fields import Record
from aimux.agents.sources.hooks import MAX_AGE, age_of, parse_event
from tests.agents.sources.recorded import events


def states(name: str) -> list[str]:
    found = [parse_event(event, 1.0) for event in events(name)]
    assert None not in found
    return [one.claim.state if one is not None and one.claim else "" for one in found]


def test_a_recorded_turn_of_gemini() -> None:
    told = [state for state in states("gemini-hooks") if state]
    assert told == ["idle", *["working"] * 2, "waiting", "working", "done"]


def test_what_gemini_wants_to_run_is_told_exactly() -> None:
    found = [parse_event(event, 1.0) for event in events("gemini-hooks")]
    (asks,) = [one.claim for one in found if one and one.claim and one.claim.state == "waiting"]
    assert (asks.reason, asks.detail) == ("permission", "touch g.txt && ls")


def test_recorded_turns_of_codex() -> None:
    assert [state for state in states("codex-hooks") if state] == [
        *("idle", "working", "done"),
        *("idle", "working", "done", "working", "done"),
    ]
    found = parse_event(events("codex-hooks")[0], 1.0)
    assert found is not None
    assert found.session == "01a20294-ae82-7381-9bda-6bfcb604e39a"
    assert found.transcript.endswith(f"{found.session}.jsonl")


def test_recorded_events_of_opencode() -> None:
    told = [state for state in states("opencode-events") if state]
    assert told[:4] == ["working", "working", "waiting", "working"]
    assert told[-1] == "done"
    found = [parse_event(event, 1.0) for event in events("opencode-events")]
    asks = next(one for one in found if one and one.claim and one.claim.state == "waiting")
    assert asks.claim is not None
    assert asks.claim.detail == "touch o.txt && ls"
    assert asks.session == "ses_dfd7b09dbffeET0Rw6uBi7E5lh"


def test_recorded_notifications_of_codex_name_their_thread() -> None:
    found = [parse_event(event, 1.0) for event in events("codex-notify")]
    assert all(one is not None and one.session and one.claim for one in found)


@pytest.mark.parametrize(
    ("event", "state", "reason", "detail"),
    [
        (
            {
                "hook_event_name": "Notification",
                "notification_type": "ToolPermission",
                "details": {"type": "ask_user", "title": "Ask User"},
            },
            "waiting",
            "question",
            "",
        ),
        (
            {
                "type": "session.error",
                "properties": {"error": {"name": "MessageAbortedError", "data": {}}},
            },
            "idle",
            "",
            "",
        ),
        (
            {"type": "permission.replied", "properties": {"reply": "reject"}},
            "idle",
            "",
            "",
        ),
        ({"type": "question.rejected", "properties": {}}, "idle", "", ""),
        (
            {"hook_event_name": "PermissionRequest", "tool_input": {"command": "ls"}},
            "waiting",
            "permission",
            "ls",
        ),
        (
            {
                "hook_event_name": "PermissionRequest",
                "tool_name": "AskUserQuestion",
                "tool_input": {"questions": [{"question": "Which colour?"}]},
            },
            "waiting",
            "question",
            "Which colour?",
        ),
        (
            {"hook_event_name": "StopFailure", "error": "rate_limit"},
            "error",
            "",
            "rate_limit",
        ),
        (
            {"hook_event_name": "Notification", "notification_type": "idle_prompt"},
            "idle",
            "",
            "",
        ),
    ],
)
def test_events_of_claude_code(event: Record, state: str, reason: str, detail: str) -> None:
    found = parse_event(event, 1.0)
    assert found is not None
    assert found.claim is not None
    assert (found.claim.state, found.claim.reason, found.claim.detail) == (state, reason, detail)


def test_a_new_event_says_nothing_and_no_event_is_none() -> None:
    found = parse_event({"hook_event_name": "Dreamt"}, 1.0)
    assert found is not None
    assert found.claim is None
    assert parse_event({}, 1.0) is None


def test_what_an_event_holds_is_cleaned() -> None:
    event = {"hook_event_name": "PermissionRequest", "tool_input": {"command": "a\x1b[31mb\nc"}}
    found = parse_event(event, 1.0)
    assert found is not None
    assert found.claim is not None
    assert "\x1b" not in found.claim.detail
    assert "\n" not in found.claim.detail


def test_a_session_that_starts_again_in_a_turn_says_nothing_of_it() -> None:
    event: Record = {"hook_event_name": "SessionStart", "source": "compact"}
    found = parse_event(event, 1.0)
    assert found is not None
    assert found.claim is None


def test_an_event_is_as_old_as_it_says_within_reason() -> None:
    event: Record = {"timestamp": "2026-11-22T21:00:51.500Z"}
    came = 1_795_381_251.5
    assert age_of(event, came + 2.5) == 2.5
    assert age_of(event, came - 1) == 0.0
    assert age_of(event, came + 3600) == MAX_AGE
    assert age_of({}, came) == 0.0
