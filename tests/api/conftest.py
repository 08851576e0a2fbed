from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.api import Client
from tests.end_to_end.world import World


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()


@pytest.fixture
def client(aimux: World) -> Client:
    """A client of a server with a session `work` whose pane runs cat."""
    aimux.do("new-session", "-d", "-s", "work", "-x", "80", "-y", "10", "cat")
    return Client(environment=aimux.environment)
