from dataclasses import replace

import pytest

from aimux.agents.delivery import (
    HOOK,
    HOOK_SECONDS,
    INBOX,
    PASTE,
    PLUGIN,
    QUEUE,
    QUIET_SECONDS,
    Situation,
    best_way,
)
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


QUEUED = replace(FREE, ways=("queue", "paste"), has_queue=True)
HOOKED = replace(FREE, ways=("hook", "paste"), has_hook=True, state="working")


@pytest.mark.parametrize("state", ["idle", "done", "working"])
def test_a_queue_takes_what_comes_while_the_agent_works_too(state: str) -> None:
    assert best_way(replace(QUEUED, state=state, since_typed=0.0)) is QUEUE


@pytest.mark.parametrize(
    "change",
    [{"state": "waiting"}, {"state": "limited"}, {"was_told": True}, {"wants": "inbox"}],
)
def test_a_queue_is_left_alone(change: dict[str, object]) -> None:
    assert best_way(replace(QUEUED, **change)) is INBOX  # type: ignore[arg-type]  # what a test names


def test_without_its_queue_an_agent_at_rest_is_typed_to() -> None:
    assert best_way(replace(QUEUED, has_queue=False)) is PASTE


def test_a_hook_is_waited_for_until_a_moment_after_the_turn() -> None:
    assert best_way(HOOKED) is HOOK
    assert best_way(replace(HOOKED, state="done", in_state=HOOK_SECONDS / 2)) is HOOK
    assert best_way(replace(HOOKED, state="done", in_state=HOOK_SECONDS)) is PASTE
    assert best_way(replace(HOOKED, state="waiting")) is INBOX
    assert best_way(replace(HOOKED, has_hook=False)) is INBOX


def test_nothing_is_typed_while_a_plugin_waits_for_it() -> None:
    asking = replace(FREE, ways=("plugin", "paste"), asks=True)
    assert best_way(asking) is PLUGIN
    assert best_way(replace(asking, asks=False)) is PASTE
