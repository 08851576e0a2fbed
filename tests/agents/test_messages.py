import pytest

from aimux.agents import messages
from aimux.agents.messages import (
    MAX_FROM_ONE,
    MAX_HANDED,
    MAX_TEXT,
    MAX_TRIES,
    RETRY_SECONDS,
    Draft,
    Message,
)
from aimux.errors import CommandError
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, SERVER, agent, store

__all__ = ["store"]
WORKER = agent("worker")
OTHER = agent("other", 2)


def send(store: Store, text: str = "hello", to: str = "worker", **fields: object) -> int:
    sender = fields.pop("sender", PERSON)
    draft = Draft(text, **fields)  # type: ignore[arg-type]  # what a test names
    return messages.send(store, SERVER, sender, (to,), draft, now=NOW)[0]  # type: ignore[arg-type]  # a Caller


def inbox(store: Store, *, now: float = NOW, box: str = "worker") -> list[int]:
    return [one.id for one in messages.inbox(store, SERVER, (box,), now=now)]


def ack(store: Store, number: int) -> None:
    messages.acknowledge(store, SERVER, WORKER, number, now=NOW)


def found(store: Store, number: int) -> Message:
    return messages.find(store, SERVER, number)


def test_a_message_waits_until_it_is_acknowledged(store: Store) -> None:
    number = send(store)
    assert found(store, number).state == "queued"
    assert inbox(store) == [number]
    assert (found(store, number).state, found(store, number).way) == ("delivered", "inbox")
    assert inbox(store) == [number]
    ack(store, number)
    assert found(store, number).state == "read"
    assert inbox(store) == []


def test_the_most_urgent_comes_first_and_then_the_first(store: Store) -> None:
    sent = [send(store, priority=priority) for priority in (1, 0, 3, 1, 3)]
    assert inbox(store) == [sent[at] for at in (2, 4, 0, 3, 1)]


def test_one_message_by_one_id_however_often_it_is_sent(store: Store) -> None:
    first = send(store, dedup="a")
    assert send(store, "another text", dedup="a") == first
    assert send(store, dedup="b") != first
    assert send(store, dedup="a", sender=OTHER) != first
    assert send(store, dedup="a", to="other") != first


def test_an_acknowledged_message_is_not_sent_again_by_its_id(store: Store) -> None:
    first = send(store, dedup="a")
    ack(store, first)
    assert send(store, dedup="a") == first
    assert inbox(store) == []


def test_acknowledging_twice_is_no_error_and_changes_nothing(store: Store) -> None:
    number = send(store)
    ack(store, number)
    since = found(store, number).since
    messages.acknowledge(store, SERVER, WORKER, number, now=NOW + 5)
    assert found(store, number).since == since


def test_nobody_acknowledges_drops_or_answers_what_is_others(store: Store) -> None:
    number = send(store)
    for work in (messages.acknowledge, messages.drop, messages.resend):
        with pytest.raises(CommandError, match="not yours"):
            work(store, SERVER, OTHER, number, now=NOW)
    with pytest.raises(CommandError, match="not yours"):
        send(store, sender=OTHER, reply_to=number)


def test_an_answer_makes_its_message_answered_and_is_found_by_it(store: Store) -> None:
    number = send(store, kind="request")
    answer = send(store, "yes", to="me", sender=WORKER, reply_to=number, kind="reply")
    assert found(store, number).state == "answered"
    told = messages.answer_to(store, SERVER, number)
    assert told is not None
    assert (told.id, told.text, told.sender) == (answer, "yes", "worker")


def test_what_nobody_needs_any_more_is_not_handed_out(store: Store) -> None:
    number = send(store, ttl=10)
    assert inbox(store, now=NOW + 9) == [number]
    assert inbox(store, now=NOW + 10) == []
    assert found(store, number).state == "expired"


def test_what_nobody_acknowledges_is_dead_after_some_tries_and_can_be_resent(store: Store) -> None:
    number, now = send(store), NOW
    for _ in range(MAX_TRIES):
        assert inbox(store, now=now) == [number]
        assert inbox(store, now=now + 1) == [number]  # soon again: the same try
        now += RETRY_SECONDS
    assert inbox(store, now=now) == []
    assert found(store, number).state == "dead"
    messages.resend(store, SERVER, PERSON, number, now=now)
    assert inbox(store, now=now) == [number]


def test_what_is_for_people_waits_for_ever(store: Store) -> None:
    number, now = send(store, to="me"), NOW
    for _ in range(MAX_TRIES + 3):
        assert inbox(store, now=now, box="me") == [number]
        now += RETRY_SECONDS


@pytest.mark.parametrize(
    "draft",
    [Draft(""), Draft("x" * (MAX_TEXT + 1)), Draft("é" * MAX_TEXT), Draft("x", kind="shout")],
)
def test_what_nobody_could_read_is_refused(draft: Draft) -> None:
    with pytest.raises(CommandError):
        messages.check(draft)


def test_the_longest_message_comes_whole(store: Store) -> None:
    number = send(store, "x" * MAX_TEXT)
    assert len(found(store, number).text) == MAX_TEXT


def test_what_is_handed_out_at_once_has_an_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MAX_BATCH", 10)
    sent = [send(store, "x" * size) for size in (20, 4, 4, 4)]
    assert inbox(store) == sent[:1]
    ack(store, sent[0])
    assert inbox(store) == sent[1:3]


def test_one_agent_cannot_fill_anothers_mailbox(store: Store) -> None:
    store.execute("BEGIN")
    for _ in range(MAX_FROM_ONE):
        send(store, sender=OTHER)
    with pytest.raises(CommandError, match="too many unread"):
        send(store, sender=OTHER)
    assert send(store, sender=agent("third", 3))
    assert send(store, to="else", sender=OTHER)


def test_a_full_mailbox_of_one_delays_nobody_else(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MAX_WAITING", 3)
    for _ in range(3):
        send(store, to="dead")
    with pytest.raises(CommandError, match="mailbox full: dead"):
        send(store, to="dead")
    number = send(store)
    assert inbox(store) == [number]


def test_a_pane_that_is_gone_gets_nothing_and_a_name_keeps_its_messages(store: Store) -> None:
    to_pane, to_name = send(store, to="%1"), send(store)
    messages.pane_gone(store, SERVER, 1, now=NOW)
    assert (found(store, to_pane).state, found(store, to_pane).reason) == ("dead", "%1 has gone")
    later = send(store, to="%1")
    messages.server_began(store, SERVER, now=NOW)
    assert found(store, later).state == "dead"
    assert inbox(store) == [to_name]


def test_servers_do_not_see_each_others_messages(store: Store) -> None:
    number = send(store)
    assert messages.inbox(store, "/elsewhere", ("worker",), now=NOW) == []
    with pytest.raises(CommandError, match="no message"):
        messages.find(store, "/elsewhere", number)


def test_only_what_is_over_is_forgotten(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MAX_KEPT", 2)
    sent = [send(store) for _ in range(6)]
    for number in sent[1:5]:
        ack(store, number)
    messages.forget_old(store, SERVER)
    left = [one.id for one in messages.newest(store, SERVER)]
    assert left == [sent[0], *sent[3:]]


def test_mailboxes_are_counted_while_something_waits_there(store: Store) -> None:
    first = send(store)
    send(store)
    send(store, to="me")
    ack(store, first)
    assert messages.counts(store, SERVER) == {"worker": 1, "me": 1}


def test_text_that_is_no_text_is_kept_as_far_as_it_is(store: Store) -> None:
    number = send(store, "a\udcffb")
    assert found(store, number).text == "a?b"


def test_a_log_is_a_receipt_and_the_recipients_word_another(store: Store) -> None:
    logged, said = send(store), send(store)
    messages.delivered(store, logged, "hook", now=NOW)
    messages.received(store, logged, "transcript", now=NOW)
    ack(store, said)
    told = [(one.state, one.way, one.receipt) for one in (found(store, logged), found(store, said))]
    assert told == [("read", "hook", "transcript"), ("read", "", "recipient")]
    assert inbox(store) == []


def test_what_was_not_received_waits_again_and_is_dead_after_some_tries(store: Store) -> None:
    number = send(store)
    for one in range(1, MAX_HANDED + 1):
        messages.delivered(store, number, "paste", now=NOW)
        messages.came_back(store, number, now=NOW)
        assert found(store, number).state == ("queued" if one < MAX_HANDED else "dead")
    assert found(store, number).reason == f"no receipt after {MAX_HANDED} tries"
    messages.resend(store, SERVER, PERSON, number, now=NOW)
    assert (found(store, number).state, found(store, number).tries) == ("queued", 0)


def test_what_was_received_does_not_come_back(store: Store) -> None:
    number = send(store)
    messages.delivered(store, number, "paste", now=NOW)
    messages.received(store, number, "transcript", now=NOW)
    messages.came_back(store, number, now=NOW)
    assert found(store, number).state == "read"


def test_only_what_was_not_handed_out_is_handed_over(store: Store) -> None:
    plain, urgent, given = send(store), send(store, priority=3), send(store)
    messages.delivered(store, given, "inbox", now=NOW)

    def queued(lowest: int) -> list[int]:
        boxes = ("worker",)
        waiting = messages.queued(store, SERVER, boxes, now=NOW, limit=10, lowest=lowest)
        return [one.id for one in waiting]

    assert queued(0) == [urgent, plain]
    assert queued(3) == [urgent]


def test_a_tool_that_asks_is_named(store: Store) -> None:
    number = send(store)
    messages.inbox(store, SERVER, ("worker",), now=NOW, way="mcp")
    assert found(store, number).way == "mcp"
