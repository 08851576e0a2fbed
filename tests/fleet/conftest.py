"""What the tests of a fleet share: a bus, and hosts that are joined by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.nats_server import NatsServer, nats, running
from tests.waiting import wait_until

__all__ = ["nats"]


class Two:
    """Two hosts in one fleet, alpha and beta; a pane of each is called `on-alpha`, `on-beta`."""

    def __init__(self, directory: Path, bus: str) -> None:
        self.alpha, self.beta = (World(directory / name) for name in ("alpha", "beta"))
        for world, name in ((self.alpha, "alpha"), (self.beta, "beta")):
            world.directory.mkdir()
            world.bus = bus
            self.start(world, name)
        self.wait_until_met()

    def start(self, world: World, name: str) -> None:
        """Start a host's server."""
        words = ("new-session", "-d", "-s", "work", "-x", "120", "-y", "40", "cat")
        world.do(*words, ";", "set-option", "-p", "agent-name", f"on-{name}")
        world.do("set", "-s", "fleet-name", name, ";", "set", "-s", "bus-url", world.bus)

    def wait_until_met(self) -> None:
        """Wait until each has heard of the other."""
        for world, other in ((self.alpha, "beta"), (self.beta, "alpha")):
            wait_until(
                lambda w=world, o=other: f'"{o}"' in w.run("fleet", "status", "--json").stdout,  # type: ignore[misc]  # bound now
                state=lambda w=world: w.run("fleet", "status", "--json"),  # type: ignore[misc]  # as above
            )

    def close(self) -> None:
        """End everything."""
        self.alpha.close()
        self.beta.close()


@pytest.fixture
def two(tmp_path: Path, nats: NatsServer) -> Iterator[Two]:
    """Two hosts on the bus that all tests share."""
    hosts = Two(tmp_path, nats.new_fleet())
    yield hosts
    hosts.close()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[NatsServer]:
    """A bus that may be killed."""
    with running(tmp_path / "nats") as server:
        yield server
