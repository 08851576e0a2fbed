from dataclasses import replace

import pytest

from aimux.agents.delivery import INBOX, PASTE, QUIET_SECONDS, Situation, best_way
from aimux.agents.handover import handed_text
from aimux.agents.messages import Message

FREE = Situation(
    state="idle",
    is_fact=True,
    in_state=60.0,
    since_typed=1e9,
    takes_pastes=True,
    is_covered=False,
    was_told=False,
)


def message(text: str, **fields: object) -> Message:
    known = {
        "id": 7,
        "sender": "%1",
        "recipient": "%2",
        "agent": "",
        "kind": "note",
        "priority": 1,
        "text": text,
        "dedup": "",
        "reply_to": None,
        "created": 0.0,
        "expires": None,
        "state": "queued",
        "since": 0.0,
        "way": "",
        "tries": 0,
        "tried": 0.0,
        "reason": "",
    }
    return Message(**{**known, **fields})  # type: ignore[arg-type]  # what a test names


@pytest.mark.parametrize("state", ["idle", "done"])
def test_an_agent_that_waits_is_typed_to(state: str) -> None:
    assert best_way(replace(FREE, state=state)) is PASTE


@pytest.mark.parametrize("state", ["waiting", "working", "starting", "error", "limited", ""])
def test_nothing_is_typed_onto_a_dialog_or_into_work(state: str) -> None:
    assert best_way(replace(FREE, state=state)) is INBOX


@pytest.mark.parametrize(
    "change",
    [
        {"is_fact": False},
        {"since_typed": QUIET_SECONDS - 1, "in_state": 1.0},
        {"since_typed": 50.0, "in_state": 60.0},
        {"takes_pastes": False},
        {"is_covered": True},
        {"was_told": True},
        {"wants": "inbox"},
    ],
)
def test_each_obstacle_alone_leaves_it_in_the_inbox(change: dict[str, object]) -> None:
    assert best_way(replace(FREE, **change)) is INBOX  # type: ignore[arg-type]  # what a test names


def test_what_is_typed_says_who_says_it_and_how_to_answer() -> None:
    text = handed_text(message("hello\n", sender="rev\x1b]0;x\x07iewer", agent="claude"))
    assert text.splitlines() == [
        "Message #7 (note) from rev]0;xiewer (claude):",
        "hello",
        "(To answer: aimux msg reply 7 TEXT)",
    ]


def test_a_task_says_itself_how_to_answer() -> None:
    text = handed_text(message("Task #1: x\n", kind="task"))
    assert text == "Message #7 (task) from %1:\nTask #1: x"
