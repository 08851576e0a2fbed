"""What the tests with real agents share: aimux in a world of its own, a model on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.real_agents.model import serving


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    """aimux with nothing of the person's; every process of it is ended afterwards."""
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()


@pytest.fixture
def port() -> Iterator[int]:
    """Where a model answers."""
    with serving() as port:
        yield port
