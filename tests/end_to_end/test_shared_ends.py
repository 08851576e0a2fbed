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


@pytest.fixture
def heard(aimux: World) -> Iterator[Path]:
    """What a watcher has been told of keys that begin with an a."""
    said = aimux.directory / "heard"
    with said.open("w") as file:
        watching = subprocess.Popen(
            (*COMMAND, "kv", "watch", "--json", "a*"), env=aimux.environment, stdout=file
        )
    try:
        yield said
    finally:
        watching.terminate()
        watching.wait(DEADLINE_SECONDS)


def has_gone(said: Path) -> bool:
    lines = [json.loads(line) for line in said.read_text().splitlines(keepends=True)]
    return any((one["name"], one["value"]) == ("a", None) for one in lines)


def test_whoever_watches_is_told_of_what_is_deleted(aimux: World, heard: Path) -> None:
    def change() -> None:  # it hears what happens once it listens
        aimux.do("kv", "set", "b", "x", ";", "kv", "set", "a", "1")
        aimux.do("kv", "del", "b", ";", "kv", "del", "a")

    wait_until(lambda: has_gone(heard), step=change)
    assert '"b"' not in heard.read_text()


def test_whoever_watches_is_told_of_what_expires(aimux: World, heard: Path) -> None:
    def change() -> None:
        if not aimux.do("kv", "list", "a"):
            aimux.do("kv", "set", "a", "1", "--ttl", "0.5")

    wait_until(lambda: has_gone(heard), step=change)


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
