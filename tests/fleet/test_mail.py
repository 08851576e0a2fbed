"""Mail between two stores, handed over by the test: late, twice, damaged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec import Raw

from aimux.agents import messages, outbox
from aimux.agents.addresses import Caller, Member
from aimux.agents.messages import MAX_TEXT, Draft
from aimux.fleet.mail import MAX_MAIL_BYTES, Desk, Taken, collect
from aimux.fleet.wire import Mail, MessageSent, Numbered, encode, read_mail
from aimux.persist.connection import open_for_writing
from aimux.persist.schema import MIGRATIONS
from aimux.persist.store import Store
from tests.agents.store import NOW, PERSON, SERVER, agent

ROSTER = (Member(1, name="worker", agent="claude"),)
WORKER = agent("worker")


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Alpha's and beta's."""
    made = [open_for_writing(tmp_path / name, MIGRATIONS) for name in ("alpha", "beta")]
    yield made[0], made[1]
    for one in made:
        one.close()


def send(store: Store, to: str, text: str = "hello", sender: Caller = PERSON) -> int:
    return messages.send(store, SERVER, sender, (to,), Draft(text), now=NOW)[0]


def carry(store: Store, to: Store, lane: str, host: str, now: float = NOW) -> Taken:
    """Hand over all that waits in a lane, and forget it."""
    mails = []
    while (ready := collect(store, SERVER, lane)) is not None:
        mail = read_mail(ready.data) if ready.data else None
        if mail is not None:
            mails.append((host, mail))
        outbox.left(store, SERVER, lane, ready.last)
    return Desk(SERVER, ROSTER, now=now).take(to, mails)


def inbox(store: Store, box: str = "worker") -> list[str]:
    return [one.text for one in messages.inbox(store, SERVER, (box,), now=NOW)]


def test_what_came_already_is_not_taken_again(stores: tuple[Store, Store]) -> None:
    alpha, beta = stores
    for text in ("one", "two"):
        send(alpha, "worker@beta", text)
    ready = collect(alpha, SERVER, "beta")
    assert ready is not None
    mail = read_mail(ready.data)
    assert mail is not None
    send(alpha, "worker@beta", "three")  # the answer was lost, and it is sent with what came since
    again = collect(alpha, SERVER, "beta")
    assert again is not None
    longer = read_mail(again.data)
    assert longer is not None
    for one in (mail, mail, longer, mail):
        Desk(SERVER, ROSTER, now=NOW).take(beta, [("alpha", one)])
    assert inbox(beta) == ["one", "two", "three"]


def test_a_sender_is_told_what_becomes_of_its_message(stores: tuple[Store, Store]) -> None:
    alpha, beta = stores
    number = send(alpha, "worker@beta")
    carry(alpha, beta, "beta", "alpha")
    inbox(beta)
    carry(beta, alpha, "alpha", "beta")
    found = messages.find(alpha, SERVER, number)
    assert (found.state, found.way) == ("delivered", "inbox")
    messages.acknowledge(beta, SERVER, WORKER, 1, now=NOW + 5)
    carry(beta, alpha, "alpha", "beta")
    found = messages.find(alpha, SERVER, number)
    assert (found.state, found.since) == ("read", NOW)  # not later than now, whatever its clock


def test_an_answer_finds_what_it_answers_and_nobody_elses(stores: tuple[Store, Store]) -> None:
    alpha, beta = stores
    send(alpha, "me", "not what is answered")
    number = send(alpha, "worker@beta")
    carry(alpha, beta, "beta", "alpha")
    draft = Draft("yes", kind="reply", reply_to=1)
    messages.send(beta, SERVER, WORKER, ("me@alpha",), draft, now=NOW)
    carry(beta, alpha, "alpha", "beta")
    answer = messages.answer_to(alpha, SERVER, number)
    assert answer is not None
    assert (answer.text, answer.sender) == ("yes", "worker@beta")
    forged = MessageSent(9, "x", "me", "I am it", "reply", 1, NOW, reply_to=1)
    take(alpha, "beta", forged)
    assert messages.answer_to(alpha, SERVER, 1) is None


def take(store: Store, host: str, *entries: msgspec.Struct, first: int = 100) -> Taken:
    numbered = [Numbered(first + at, Raw(encode(one))) for at, one in enumerate(entries)]
    return Desk(SERVER, ROSTER, now=NOW).take(store, [(host, Mail("other", numbered))])


def test_who_sends_is_on_the_host_that_the_bus_says(stores: tuple[Store, Store]) -> None:
    _, beta = stores
    take(beta, "alpha", MessageSent(1, "me@gamma\x1b[31m", "worker", "hi", "note", 1, NOW))
    sender = messages.find(beta, SERVER, 1).sender
    assert sender.endswith("@alpha")
    assert sender.isprintable()


@pytest.mark.parametrize(
    "entry",
    [
        {"type": "message", "id": 1},
        {"type": "unheard of", "id": 1},
        {"type": "receipt", "id": 1, "state": "eaten", "since": 0.0},
        {"type": "order", "id": 1, "order": "format the disk"},
        {"type": "task", "request": 1, "id": 1, "verb": "add", "caller": "me"},
        [1, 2, 3],
    ],
)
def test_what_is_not_understood_is_dropped_and_the_rest_is_taken(
    stores: tuple[Store, Store], entry: object
) -> None:
    _, beta = stores
    good = encode(MessageSent(1, "me", "worker", "hi", "note", 1, NOW))
    numbered = [Numbered(1, Raw(msgspec.json.encode(entry))), Numbered(2, Raw(good))]
    Desk(SERVER, ROSTER, now=NOW).take(beta, [("alpha", Mail("other", numbered))])
    assert inbox(beta) == ["hi"]


def test_what_is_too_long_or_no_mail_is_none() -> None:
    assert read_mail(b"\xff\x00") is None
    assert read_mail(b'{"instance": "x"}') is None
    assert read_mail(encode(Mail("x", [Numbered(1, Raw(b"{}"))] * 1001))) is None


def test_a_longer_text_than_may_be_is_not_taken(stores: tuple[Store, Store]) -> None:
    _, beta = stores
    take(beta, "alpha", MessageSent(1, "me", "worker", "x" * (MAX_TEXT + 1), "note", 1, NOW))
    take(beta, "alpha", MessageSent(2, "me", "worker", "é" * MAX_TEXT, "note", 1, NOW), first=200)
    assert inbox(beta) == []


def test_a_full_mailbox_makes_a_message_dead_where_it_was_sent(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    alpha, beta = stores
    number = send(alpha, "worker@beta")
    monkeypatch.setattr(messages, "MAX_WAITING", 1)
    take(beta, "gamma", MessageSent(1, "me", "worker", "first", "note", 1, NOW))
    carry(alpha, beta, "beta", "alpha")
    carry(beta, alpha, "alpha", "beta")
    found = messages.find(alpha, SERVER, number)
    assert (found.state, found.reason) == ("dead", "mailbox full: worker")


def test_a_mail_ends_before_the_bus_would_refuse_it(stores: tuple[Store, Store]) -> None:
    alpha, beta = stores
    for _ in range(20):
        send(alpha, "worker@beta", "x" * MAX_TEXT)
    ready = collect(alpha, SERVER, "beta")
    assert ready is not None
    assert MAX_MAIL_BYTES < len(ready.data) < 2 * MAX_MAIL_BYTES
    carry(alpha, beta, "beta", "alpha")
    assert messages.counts(beta, SERVER) == {"worker": 20}


def test_what_was_given_up_before_it_left_does_not_leave(stores: tuple[Store, Store]) -> None:
    alpha, beta = stores
    messages.drop(alpha, SERVER, PERSON, send(alpha, "worker@beta"), now=NOW)
    carry(alpha, beta, "beta", "alpha")
    assert messages.counts(beta, SERVER) == {}


def test_a_new_database_on_a_host_is_not_taken_for_the_one_before(
    stores: tuple[Store, Store], tmp_path: Path
) -> None:
    alpha, beta = stores
    send(alpha, "worker@beta", "from the old one")
    carry(alpha, beta, "beta", "alpha")
    anew = open_for_writing(tmp_path / "anew", MIGRATIONS)
    send(anew, "worker@beta", "from the new one")
    carry(anew, beta, "beta", "alpha")
    anew.close()
    assert inbox(beta) == ["from the old one", "from the new one"]


def test_panes_of_other_hosts_keep_their_messages_when_this_server_begins(
    stores: tuple[Store, Store],
) -> None:
    alpha, _ = stores
    here, there = send(alpha, "%1"), send(alpha, "%1@beta")
    messages.server_began(alpha, SERVER, now=NOW)
    states = [messages.find(alpha, SERVER, one).state for one in (here, there)]
    assert states == ["dead", "queued"]
