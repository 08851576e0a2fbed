from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.mcp.agent import Agent


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()


@pytest.fixture
def agent(aimux: World) -> Iterator[Agent]:
    """An agent beside a server with a session `work` whose pane runs cat."""
    aimux.do("new-session", "-d", "-s", "work", "-x", "80", "-y", "10", "cat")
    agent = Agent(aimux)
    try:
        yield agent
    finally:
        agent.close()
