"""Hosts that lose each other, their bus or themselves: nothing is lost, nothing comes twice."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.test_exchange import in_order, received
from tests.end_to_end.world import World
from tests.fleet.conftest import Two
from tests.fleet.test_two_hosts import arrives, texts
from tests.nats_server import NatsServer
from tests.waiting import wait_until


@pytest.fixture
def apart(tmp_path: Path, bus: NatsServer) -> Iterator[Two]:
    """Two hosts on a bus of their own."""
    hosts = Two(tmp_path, bus.new_fleet())
    yield hosts
    hosts.close()


def cut(two: Two, bus: NatsServer) -> None:
    """The bus is gone, and both know it."""
    bus.kill()
    for world in (two.alpha, two.beta):
        wait_until(lambda w=world: not w.is_connected())  # type: ignore[misc]  # bound now


def test_what_is_sent_while_cut_off_arrives_once_and_in_order(apart: Two, bus: NatsServer) -> None:
    cut(apart, bus)
    for number in range(20):
        apart.alpha.do("msg", "send", "on-beta", str(number))
    apart.alpha.do("task", "add", "a task meanwhile")
    bus.start()
    wait_until(lambda: len(texts(apart.beta, "on-beta")) >= 20)
    apart.alpha.do("msg", "send", "on-beta", "last")
    wait_until(lambda: "last" in texts(apart.beta, "on-beta"))
    assert texts(apart.beta, "on-beta") == [*map(str, range(20)), "last"]
    wait_until(lambda: "a task meanwhile" in apart.beta.do("task", "list"))


def test_cut_off_what_can_wait_does_and_what_has_to_be_decided_fails(
    apart: Two, bus: NatsServer
) -> None:
    apart.alpha.do("kv", "set", "port", "1", ";", "task", "add", "one", ";", "task", "add", "two")
    wait_until(lambda: "#2@alpha" in apart.beta.do("task", "list"))
    wait_until(lambda: apart.beta.run("kv", "get", "port").returncode == 0)
    apart.beta.do("task", "claim", "1@alpha")
    cut(apart, bus)
    assert apart.beta.do("kv", "get", "port") == "1\n"
    for words in (
        ("kv", "cas", "port", "1", "2"),
        ("kv", "del", "port"),
        ("claim", "/src"),
        ("task", "claim", "2@alpha"),
    ):
        done = apart.beta.run(*words)
        assert (done.returncode, "cannot be reached" in done.stderr) == (1, True), words
    assert apart.beta.do("kv", "set", "port", "9") == "queued\n"
    assert apart.beta.do("task", "done", "1@alpha", "green") == "queued for alpha\n"
    apart.beta.do("note", "add", "noted while alone")
    bus.start()
    wait_until(lambda: apart.alpha.run("kv", "get", "port").stdout == "9\n")
    wait_until(lambda: "#1  done" in apart.alpha.do("task", "list"))
    wait_until(lambda: "noted while alone" in apart.alpha.do("note", "search", "alone"))


def test_a_value_that_was_set_later_is_not_overwritten_at_the_return(
    apart: Two, bus: NatsServer
) -> None:
    apart.alpha.do("set", "-s", "bus-url", "nats://127.0.0.1:1/nowhere")
    bus.kill()
    wait_until(lambda: not apart.beta.is_connected())
    assert apart.beta.do("kv", "set", "port", "early") == "queued\n"
    bus.start()
    process = apart.beta.server()
    os.kill(process, signal.SIGSTOP)  # alpha comes back first
    try:
        apart.alpha.do("set", "-s", "bus-url", apart.alpha.bus)
        wait_until(apart.alpha.is_connected)
        apart.alpha.do("kv", "set", "port", "late")
    finally:
        os.kill(process, signal.SIGCONT)
    wait_until(apart.beta.is_connected)
    apart.beta.do("kv", "set", "after", "x")
    wait_until(lambda: '"queued": 0' in apart.beta.do("fleet", "status", "--json"))
    assert apart.alpha.do("kv", "get", "port") == "late\n"


def test_a_task_that_was_reported_too_late_says_so_by_a_message(
    apart: Two, bus: NatsServer
) -> None:
    apart.alpha.do("task", "add", "--retries", "0", "one")
    wait_until(lambda: "#1@alpha" in apart.beta.do("task", "list"))
    apart.beta.do("task", "claim", "1@alpha")
    cut(apart, bus)
    apart.beta.do("task", "done", "1@alpha", "green")
    apart.alpha.do("task", "cancel", "1")
    bus.start()
    arrives(apart.beta, "task 1@alpha: task 1 is cancelled")


def test_a_bus_that_is_not_there_delays_nobody(tmp_path: Path) -> None:
    world = World(tmp_path)
    config = world.directory / "fleet.conf"
    config.write_text("set -s bus-url nats://192.0.2.1:4222/far\n")  # a place that never answers
    try:
        world.do("-f", str(config), "new-session", "-d", "-s", "work", "cat")
        world.do(
            "msg", "send", "me", "to myself", ";", "kv", "set", "--namespace", "global", "a", "b"
        )
        assert texts(world) == ["to myself"]
        assert "not connected" in world.do("fleet", "status")
        world.do("kill-server")
    finally:
        world.close()


def test_without_a_bus_nothing_of_nats_is_imported(tmp_path: Path) -> None:
    world = World(tmp_path)
    trap, mark = tmp_path / "trap/nats", tmp_path / "imported"
    trap.mkdir(parents=True)
    (trap / "__init__.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    world.environment["PYTHONPATH"] = f"{trap.parent}:{world.environment['PYTHONPATH']}"
    try:
        world.do("new-session", "-d", "-s", "work", "cat")
        world.do("msg", "send", "me", "x", ";", "task", "add", "x", ";", "kv", "set", "a", "b")
        assert world.run("fleet", "status").returncode == 1
        assert not mark.exists()
        world.do("set", "-s", "bus-url", "nats://127.0.0.1:1")
        wait_until(mark.exists)  # the trap works
    finally:
        world.close()


def lose_everything_again_and_again(two: Two, bus: NatsServer, rounds: int) -> None:
    """Kill a host or the bus in each round: each message comes once, and in order."""
    chance = random.Random(rounds)  # noqa: S311  # a fixed course of things
    accidents: tuple[Callable[[], None], ...] = (
        lambda: kill(two, "alpha"),
        lambda: kill(two, "beta"),
        lambda: kill_bus(bus),
    )
    sent: list[str] = []
    for number in range(rounds):
        for one in range(2):
            name = f"{number}-{one}"
            priority = chance.choice(("low", "normal", "urgent"))
            two.alpha.do("msg", "send", "on-beta@beta", "--id", name, "--priority", priority, name)
            sent.append(name)
        chance.choice(accidents)()
    wait_until(lambda: len(received(two.beta, "-n", "1000", "on-beta")) >= len(sent))
    two.alpha.do("msg", "send", "--priority", "low", "on-beta@beta", "end")
    wait_until(lambda: "end" in texts(two.beta, "-n", "1000", "on-beta"))
    found = received(two.beta, "-n", "1000", "on-beta")
    assert sorted(str(one["text"]) for one in found) == sorted([*sent, "end"])
    assert in_order(found)
    for priority in ("low", "normal", "urgent"):
        own = [str(one["text"]) for one in found if one["priority"] == priority]
        assert own == [name for name in [*sent, "end"] if name in own]


def kill(two: Two, name: str) -> None:
    world: World = getattr(two, name)
    os.kill(world.server(), signal.SIGKILL)
    two.start(world, name)


def kill_bus(bus: NatsServer) -> None:
    bus.kill()
    bus.start()


def test_hosts_and_bus_are_killed_and_nothing_is_lost_or_comes_twice(
    apart: Two, bus: NatsServer
) -> None:
    lose_everything_again_and_again(apart, bus, 8)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_hosts_and_bus_are_killed_a_hundred_times(apart: Two, bus: NatsServer) -> None:
    lose_everything_again_and_again(apart, bus, 100)
