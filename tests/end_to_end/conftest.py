"""What the tests of the whole program share: aimux in a world of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.nats_server import nats

__all__ = ["nats"]


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    """aimux with nothing of the person's; every process of it is ended afterwards."""
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()
