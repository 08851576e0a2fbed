"""What people at the clients are told of messages to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from aimux.protocol.facts import MessageFact
from aimux.protocol.server_messages import Notice, Toast
from aimux.server.mail import MAX_TOASTS, Mail
from tests.server.test_toasts import Shown
from tests.server.world import make_world


@dataclass
class Behind(Shown):
    """A client that is behind until it is not."""

    is_behind: bool = False

    @property
    def attachment(self) -> Behind:
        return self

    def toast(self, toast: Toast) -> bool:
        return not self.is_behind and super().toast(toast)


@dataclass
class Desk:
    shown: Behind
    told: list[int] = field(default_factory=list)
    again: int = 0

    def __post_init__(self) -> None:
        self.mail = Mail(
            [self.shown], self, pane_of={"ann": 4}.__getitem__, told=self.tell, again=self.wait
        )

    def wall(self) -> float:
        return 1_000_000.0

    monotonic = wall

    def tell(self, numbers: Sequence[int]) -> None:
        self.told += numbers

    def wait(self) -> None:
        self.again += 1

    @property
    def texts(self) -> list[tuple[str, int]]:
        return [(toast.text, toast.pane) for toast in self.shown.toasts]


@pytest.fixture
def desk() -> Desk:
    return Desk(Behind(make_world().client()))


def to_me(number: int, text: str = "hello", **fields: str) -> MessageFact:
    known = {"sender": "ann", "recipient": "me", "kind": "note", "state": "queued"}
    return MessageFact(id=number, since=0.0, text=text, **(known | fields))


def test_each_message_is_told_once_the_oldest_first(desk: Desk) -> None:
    desk.mail.look([to_me(2, "there", priority="urgent"), to_me(1)])
    desk.mail.look([to_me(2), to_me(1)])
    assert desk.texts == [("ann: hello", 4), ("ann (urgent): there", 4)]
    assert desk.told == [1, 2]


def test_what_is_not_for_people_or_was_handed_out_is_not_told(desk: Desk) -> None:
    desk.mail.look([to_me(1, recipient="bob"), to_me(2, state="read")])
    assert (desk.texts, desk.told) == ([], [])


def test_of_many_only_their_number_is_told(desk: Desk) -> None:
    desk.mail.look([to_me(number) for number in range(MAX_TOASTS + 1, 0, -1)])
    assert desk.texts == [("4 messages for you: aimux inbox", -1)]
    assert desk.told == [1, 2, 3, 4]


def test_a_client_that_is_behind_is_told_later(desk: Desk) -> None:
    desk.shown.is_behind = True
    desk.mail.look([to_me(1)])
    assert (desk.told, desk.again) == ([], 1)
    desk.shown.is_behind = False
    desk.mail.look([to_me(1)])
    assert desk.told == [1]


@pytest.mark.parametrize(("option", "value"), [("toasts", "off"), ("quiet-hours", "00:00-23:59")])
def test_who_wants_quiet_has_it(desk: Desk, option: str, value: str) -> None:
    session = desk.shown.client.session
    assert session is not None
    session.options.set(option, value)
    desk.mail.look([to_me(1)])
    assert (desk.texts, desk.told, desk.again) == ([], [], 0)


def test_the_outer_terminal_is_told_where_that_is_wanted(desk: Desk) -> None:
    session = desk.shown.client.session
    assert session is not None
    session.options.set("agent-notify-terminal", "osc9")
    desk.mail.look([to_me(1, "a\x1b]0;b\x07c")])
    assert desk.shown.notices == [Notice("osc9", "ann: a]0;bc")]
