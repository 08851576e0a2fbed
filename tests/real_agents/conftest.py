"""What the tests with real agents share: aimux in a world of its own, a model on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.real_agents.agent import Agent, Start, need, session
from tests.real_agents.asking import StateWatch
from tests.real_agents.homes import Traits
from tests.real_agents.model import Model, serving


@pytest.fixture
def aimux(tmp_path: Path) -> Iterator[World]:
    """aimux with nothing of the person's; every process of it is ended afterwards."""
    world = World(tmp_path)
    try:
        yield world
    finally:
        world.close()


@pytest.fixture
def model() -> Iterator[Model]:
    """A model that is served."""
    with serving() as model:
        yield model


@pytest.fixture
def start(aimux: World, model: Model) -> Iterator[Start]:
    """Starts an agent of a kind."""
    watches = list[StateWatch]()

    def started(kind: str, *arguments: str, **traits: bool) -> Agent:
        need(kind)
        watches.append(session(aimux))
        return Agent(aimux, watches[-1], kind, model, *arguments, traits=Traits(**traits))

    yield started
    for watch in watches:
        watch.close()
