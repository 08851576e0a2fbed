"""Who is on which host, as hosts tell each other on a real bus, and what age does to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from aimux.fleet.hosts import GONE_SECONDS, SEEN_SECONDS, Hosts
from aimux.fleet.nats_bus import NatsBus, connect
from aimux.fleet.sight import MAX_RECORD, agents_of, record_of
from aimux.fleet.wire import MAX_MEMBERS, HostRecord, MemberRecord, encode, read_host
from aimux.protocol.facts import MAX_LINE, AgentFact, ContextFact
from tests.fleet.test_nats_bus import place
from tests.nats_server import NatsServer, nats
from tests.waiting import DEADLINE_SECONDS

__all__ = ["nats"]
FACT = AgentFact(
    3, "work", "work:1.0", "claude", "waiting", "touch x", 1e9, "OSC 7501", "tests", "permission",
    "touch x", 7, (("y", "allow"),), 40, ContextFact(1000, 200_000, 1), 0.5, None, None,
)  # fmt: skip


class Clock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def wall(self) -> float:
        return 1e9 + self.now

    def monotonic(self) -> float:
        return self.now


def member(fact: AgentFact = FACT) -> MemberRecord:
    seen = record_of(fact)
    return MemberRecord(f"%{fact.pane}", "work", agent="claude", state=fact.state, sight=seen)


class Seen:
    """One host of a fleet, as it sees the others."""

    def __init__(self, name: str, members: list[MemberRecord]) -> None:
        self.clock = Clock()
        self.members = members
        self.news = asyncio.Event()
        self.hosts = Hosts(
            name,
            record=lambda: HostRecord(name, self.members),
            clock=self.clock,
            changed=lambda _host: self.news.set(),
        )

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(DEADLINE_SECONDS):
            while not condition():
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def connected(bus: NatsBus, host: Seen) -> AsyncIterator[None]:
    """While it is connected; it leaves without a word."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(host.hosts.run(bus))
        watch = group.create_task(host.hosts.watch())
        yield
        bus.broken.set()
        task.cancel()
        watch.cancel()


@pytest.fixture
async def buses(nats: NatsServer) -> AsyncIterator[tuple[NatsBus, NatsBus]]:
    fleet = place(nats.new_fleet())
    made = [await connect(fleet, name=name, credentials="") for name in ("alpha", "beta")]
    yield made[0], made[1]
    for one in made:
        await one.close()


async def test_a_host_that_falls_silent_is_old_then_no_longer_shown_and_comes_back(
    buses: tuple[NatsBus, NatsBus],
) -> None:
    alpha, beta = Seen("alpha", []), Seen("beta", [member()])
    async with connected(buses[0], alpha):
        async with connected(buses[1], beta):
            await alpha.until(lambda: bool(alpha.hosts.agents()))
            assert [(one.host, one.pane) for one in alpha.hosts.agents()] == [("beta", 3)]
            assert alpha.hosts.agents()[0].stale_from is None
            heard = alpha.clock.wall()
        alpha.clock.now += GONE_SECONDS + 1
        assert alpha.hosts.agents()[0].stale_from == heard
        assert alpha.hosts.others().present == frozenset()
        alpha.clock.now += SEEN_SECONDS
        assert alpha.hosts.agents() == []
        buses[1].broken.clear()
        async with connected(buses[1], beta):
            await alpha.until(lambda: bool(alpha.hosts.agents()))
            assert alpha.hosts.agents()[0].stale_from is None


async def test_cut_off_everything_is_as_old_as_the_cut(buses: tuple[NatsBus, NatsBus]) -> None:
    alpha, beta = Seen("alpha", []), Seen("beta", [member()])
    async with connected(buses[1], beta):
        async with connected(buses[0], alpha):
            await alpha.until(lambda: bool(alpha.hosts.agents()))
            alpha.clock.now += 5
        cut = alpha.clock.wall()
        alpha.clock.now += 5
        assert [one.stale_from for one in alpha.hosts.agents()] == [cut]


async def test_what_an_agent_does_is_seen_as_it_turns(buses: tuple[NatsBus, NatsBus]) -> None:
    alpha, beta = Seen("alpha", []), Seen("beta", [member()])
    async with connected(buses[0], alpha), connected(buses[1], beta):
        await alpha.until(lambda: bool(alpha.hosts.agents()))
        beta.members = [member(FACT.__class__(4, "work", "work:2.0", "bob", "idle", "", 1e9, ""))]
        beta.hosts.look()
        await alpha.until(lambda: alpha.hosts.agents()[0].pane == 4)
        assert alpha.hosts.agents()[0].state == "idle"


def test_an_agent_is_shown_elsewhere_as_here_but_for_the_keys_that_answer_it() -> None:
    record = read_host(encode(HostRecord("beta", [member()])))
    assert record is not None
    (seen,) = agents_of("beta", record)
    assert (seen.state, seen.reason, seen.request, seen.progress) == (
        "waiting", "permission", "touch x", 40,
    )  # fmt: skip
    assert seen.context == ContextFact(1000, 200_000, 1)
    assert (seen.host, seen.answers, seen.request_id) == ("beta", (), 0)


def test_what_another_host_says_is_cleaned_and_cut_and_times_are_times() -> None:
    nasty = "\x1b[2J\u202e" + "x" * 300
    fact = AgentFact(1, nasty, nasty, "n", "idle", nasty, 1e9, "", nasty, nasty, nasty)
    record = read_host(encode(HostRecord("beta", [member(fact)])))
    assert record is not None
    (seen,) = agents_of("beta", record)
    for text in (seen.place, seen.window, seen.detail, seen.reason, seen.request):
        assert text.isprintable()
        assert len(text) <= MAX_LINE
    for since in ("-1", "1e300"):
        data = encode(HostRecord("beta", [member()])).replace(b"1000000000.0", since.encode())
        assert read_host(data) is None, since


async def test_a_host_with_more_to_be_seen_than_a_bus_takes_says_who_is_there(
    buses: tuple[NatsBus, NatsBus],
) -> None:
    long = ("e" + 4 * "\u0301") * MAX_LINE
    fact = AgentFact(1, long, long, "n", "idle", long, 1e9, "", long, long, long)
    many = [member(fact)] * MAX_MEMBERS
    assert len(encode(HostRecord("beta", many))) > MAX_RECORD
    alpha, beta = Seen("alpha", []), Seen("beta", many)
    async with connected(buses[0], alpha), connected(buses[1], beta):
        await alpha.until(lambda: bool(alpha.hosts.others().members))
        assert len(alpha.hosts.others().members) == MAX_MEMBERS
        assert alpha.hosts.agents() == []
