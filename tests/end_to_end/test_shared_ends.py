"""What ends of what agents share is told: deleted and expired values, claims, conflicts."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import COMMAND, World
from tests.waiting import DEADLINE_SECONDS, wait_until


@pytest.fixture(params=["sqlite", "nats"])
def aimux(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    world = World(tmp_path)
    if request.param == "nats":
        world.bus = request.getfixturevalue("nats").new_fleet()
    try:
        world.do("new-session", "-d", "-s", "work", "-x", "160", "-y", "40", "cat")
        world.join()
        yield world
    finally:
        world.close()


def listening(world: World, count: int, *words: str) -> subprocess.Popen[str]:
    """A watcher, which will listen soon, of so many lines about keys that begin with an a."""
    return subprocess.Popen(
        (*COMMAND, "kv", "watch", *words, "--count", str(count), "a*"),
        env=world.environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def heard(watching: subprocess.Popen[str]) -> list[str]:
    return watching.communicate(timeout=DEADLINE_SECONDS)[0].splitlines()


def test_whoever_watches_is_told_of_what_is_deleted(aimux: World) -> None:
    watching = listening(aimux, 2, "--json")
    while watching.poll() is None:  # it hears what happens once it listens
        aimux.do("kv", "set", "b", "x", ";", "kv", "set", "a", "1", ";", "kv", "del", "a")
        aimux.do("kv", "del", "b")
    lines = [json.loads(line) for line in heard(watching)]
    assert [one["name"] for one in lines] == ["a", "a"]
    assert None in [one["value"] for one in lines]


def test_whoever_watches_is_told_of_what_expires(aimux: World) -> None:
    watching = listening(aimux, 3)
    while watching.poll() is None:  # it hears what happens once it listens
        if not aimux.do("kv", "list", "a"):
            aimux.do("kv", "set", "a", "1", "--ttl", "0.5")
    assert "a is gone" in heard(watching)


def claiming(world: World, path: str) -> str:
    """A window whose pane has claimed a path; the pane."""
    line = world.command_line("claim", path)
    pane = world.do("new-window", "-d", "-P", "-F", "#{pane_id}", f"{line}; exec cat").strip()
    wait_until(lambda: path in world.do("claim", "list"))
    return pane


def test_both_panes_of_a_conflict_are_told(aimux: World) -> None:
    owner = claiming(aimux, "/src")
    line = aimux.command_line("claim", "/src/main.py")
    other = aimux.do("new-session", "-d", "-P", "-F", "#{pane_id}", "-s", "other", "cat").strip()
    aimux.do("select-window", "-t", owner)
    first = aimux.attached(columns=120)
    first.wait_for("cat")
    second = aimux.terminal("attach-session", "-t", "other")
    wait_until(lambda: aimux.do("list-clients").count("\n") == 2)
    aimux.do("respawn-pane", "-k", "-t", other, f"{line}; exec cat")
    first.wait_for(f"{other} wants /src, which {owner} has")
    second.wait_for(f"{other} wants /src, which {owner} has")


def test_the_end_of_a_claim_is_told_in_its_pane(aimux: World) -> None:
    outer = aimux.attached(columns=120)
    line = aimux.command_line("claim", "/src", "--ttl", "1")
    aimux.do("respawn-pane", "-k", "-t", "%0", f"{line}; exec cat")
    outer.wait_for("%0 has /src no longer")
    assert aimux.do("claim", "list") == ""
