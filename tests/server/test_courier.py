"""Messages that do not arrive: tried again by the clock, and never once their receipt is there."""

from __future__ import annotations

import heapq
import json
import os
import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aimux.agents import messages
from aimux.agents.addresses import Caller
from aimux.agents.delivery import RECEIPT_SECONDS
from aimux.agents.messages import MAX_HANDED, Draft, Message
from aimux.commands.agent_book import AgentProcess
from aimux.commands.effects import ShellResult
from aimux.ids import PaneId
from aimux.model.pane import Pane
from aimux.persist.store import Store
from aimux.protocol.facts import AgentFact
from aimux.server.courier import Courier
from aimux.server.storage import Storage
from tests.server.world import make_world
from tests.waiting import DEADLINE_SECONDS

SERVER = "/tmp/aimux/default"  # a name, never opened
PERSON = Caller("me", ("me",), is_person=True)
LATE = RECEIPT_SECONDS + 10
COMPOSER = "\u2500" * 20


@dataclass
class Desk:
    """A courier, an agent that says nothing by itself, and a clock that only the test moves."""

    storage: Storage
    came: queue.SimpleQueue[Callable[[], None]]
    kind: str = "claude-code"
    state: str = "idle"
    since: float = 0.0
    time: float = 1000.0
    is_logged: bool = True
    status: int = 0
    written: list[bytes] = field(default_factory=list)
    ran: list[str] = field(default_factory=list)
    timers: list[tuple[float, int, Callable[[], None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        world = make_world()
        self.pane = world.pane
        self.pane.screen.feed(b"\x1b[?2004h")
        self.pane.typed = -1e9
        world.state.panes[PaneId(self.pane.id)] = self.pane
        self.courier = Courier(
            world.state,
            self.storage,
            self,
            agent=self.fact,
            process=lambda _pane: AgentProcess(self.kind, os.getpid(), "thread-1"),
            is_logged=lambda _pane: self.is_logged,
            write=lambda _pane, data: self.written.append(data),
            run=self.run,
            later=self.later,
            handed_over=self.look,
        )

    def wall(self) -> float:
        return self.time

    monotonic = wall

    def fact(self, pane: Pane) -> AgentFact:
        place = ("work", "work:0.0", self.kind, self.state, "", self.since, "osc 7501")
        return AgentFact(pane.id, *place)

    def run(
        self,
        command: str,
        *,
        path: str,
        environment: dict[str, str],
        done: Callable[[ShellResult], None],
    ) -> None:
        assert (path, environment["PATH"]) == (str(Path.cwd()), os.environ["PATH"])
        self.ran.append(command)
        done(ShellResult(self.status, ""))

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self.timers, (self.time + seconds, len(self.timers), action))

    def look(self) -> None:
        self.courier.look(self.pane, SERVER, ("worker",))

    # ---- what a test does ----

    def settle(self) -> None:
        """Let the database answer all that it was asked, and what the answers lead to."""
        for _ in range(4):
            self.answer(self.storage.change, lambda _store: None)
            self.answer(self.storage.ask, lambda _store: None)

    def answer(self, give: Callable[..., None], work: Callable[[Store], object]) -> object:
        """The answer to a question, behind all that was asked in its thread before."""
        told: list[object] = []
        give(work, told.append)
        while not told:
            self.came.get(timeout=DEADLINE_SECONDS)()
        return told[0]

    def send(self, text: str = "hello") -> int:
        def work(store: Store) -> int:
            to, draft = ("worker",), Draft(text)
            return messages.send(store, SERVER, PERSON, to, draft, now=self.time)[0]

        number = self.answer(self.storage.change, work)
        assert isinstance(number, int)
        self.look()
        self.settle()
        return number

    def find(self, number: int) -> Message:
        found = self.answer(self.storage.change, lambda store: messages.find(store, SERVER, number))
        assert isinstance(found, Message)
        return found

    def passes(self, seconds: float) -> None:
        """Let time pass; what is due is done."""
        end = self.time + seconds
        while self.timers and self.timers[0][0] <= end:
            self.time, _, action = heapq.heappop(self.timers)
            action()
            self.settle()
        self.time = end

    def turns(self, state: str) -> None:
        self.state, self.since = state, self.time
        self.courier.turned(self.pane)
        self.look()
        self.settle()

    def logs(self, number: int) -> None:
        at = datetime.fromtimestamp(self.time, UTC).isoformat()
        content = f"Message #{number} (note) from me:\nhello"
        line = {"type": "user", "timestamp": at, "message": {"content": content}}
        self.courier.log_line(self.pane, json.dumps(line).encode())
        self.settle()

    @property
    def pastes(self) -> int:
        return sum(b"Message #" in data for data in self.written)

    @property
    def enters(self) -> int:
        return self.written.count(b"\r")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    came: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
    environment = {"HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}
    storage = Storage(environment, soon=came.put, troubled=lambda _text: None)
    yield Desk(storage, came)
    storage.close()


def test_what_the_log_shows_is_read_and_never_typed_again(desk: Desk) -> None:
    number = desk.send()
    assert (desk.pastes, desk.find(number).state) == (1, "delivered")
    desk.passes(1)
    desk.turns("working")
    desk.logs(number)
    desk.turns("done")
    desk.passes(10 * LATE)
    assert (desk.pastes, desk.enters) == (1, 1)
    assert (desk.find(number).state, desk.find(number).receipt) == ("read", "transcript")


def test_what_does_not_arrive_is_tried_again_and_then_dead(desk: Desk) -> None:
    number = desk.send()
    for tries in range(1, MAX_HANDED):
        assert (desk.pastes, desk.find(number).tries) == (tries, tries)
        desk.passes(LATE)
    desk.passes(LATE)
    assert desk.pastes == MAX_HANDED
    assert (desk.find(number).state, desk.find(number).reason) == (
        "dead",
        f"no receipt after {MAX_HANDED} tries",
    )
    desk.passes(10 * LATE)
    assert desk.pastes == MAX_HANDED


def test_an_agent_that_works_on_is_given_time(desk: Desk) -> None:
    number = desk.send()
    desk.turns("working")
    desk.passes(10 * LATE)
    assert (desk.pastes, desk.find(number).state) == (1, "delivered")
    desk.turns("done")
    desk.passes(1)
    desk.logs(number)  # it may have waited in the agent's own queue
    desk.passes(LATE)
    assert (desk.pastes, desk.find(number).state) == (1, "read")


def test_without_a_log_only_an_agent_that_never_moved_is_tried_again(desk: Desk) -> None:
    desk.is_logged = False
    desk.send()
    desk.passes(LATE)
    assert desk.pastes == 2
    desk.turns("working")
    desk.turns("done")
    desk.passes(10 * LATE)
    assert desk.pastes == 2


def test_what_still_stands_at_the_prompt_is_only_sent(desk: Desk) -> None:
    number = desk.send()
    shown = f"{COMPOSER}\r\n\u276f Message #{number} (note) from me:\r\n  hello\r\n{COMPOSER}\r\n"
    desk.pane.screen.feed(shown.encode())
    desk.passes(LATE)
    assert (desk.pastes, desk.enters) == (1, 2)


def test_what_a_person_has_typed_since_is_left_alone(desk: Desk) -> None:
    number = desk.send()
    desk.pane.typed = desk.time + 1
    desk.passes(10 * LATE)
    assert desk.pastes == 1
    assert desk.find(number).state == "queued"


def test_a_queue_takes_it_once_and_a_paste_goes_where_it_does_not(desk: Desk) -> None:
    desk.kind, desk.state = "codex", "working"
    first = desk.send("in 'quotes'")
    assert len(desk.ran) == 1
    assert (desk.find(first).way, desk.written) == ("queue", [])
    desk.logs(first)
    desk.status = 1
    second = desk.send()
    assert (len(desk.ran), desk.find(second).state) == (2, "queued")
    desk.turns("done")
    assert (len(desk.ran), desk.pastes) == (2, 1)
    assert desk.find(second).way == "paste"


def test_a_message_in_a_queue_is_not_queued_again_when_its_agent_begins(desk: Desk) -> None:
    desk.kind = "codex"
    desk.send()
    desk.turns("working")
    desk.turns("done")
    desk.turns("working")
    assert (len(desk.ran), desk.pastes) == (1, 0)
