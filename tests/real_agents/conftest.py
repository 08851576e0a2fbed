"""What the tests with real agents share: aimux in a world of its own, a model on the loopback."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.end_to_end.world import World
from tests.real_agents.agent import Agent, session
from tests.real_agents.asking import StateWatch
from tests.real_agents.homes import Traits
from tests.real_agents.installation import NotInstalledError, program_of
from tests.real_agents.model import Model, serving

Start = Callable[..., Agent]


@pytest.fixture
def model() -> Iterator[Model]:
    """A model that is served."""
    with serving() as model:
        yield model


@pytest.fixture
def start(tmp_path: Path, model: Model) -> Iterator[Start]:
    """Starts an agent of a kind in an aimux of its own; skips the test where there is none."""
    world = World(tmp_path)
    watches = list[StateWatch]()

    def started(kind: str, *arguments: str, **traits: bool) -> Agent:
        try:
            program_of(kind)
        except NotInstalledError as error:
            pytest.skip(f"no {kind}: {error}")
        watches.append(session(world))
        return Agent(world, watches[-1], kind, model, *arguments, traits=Traits(**traits))

    try:
        yield started
    finally:
        world.close()
        for watch in watches:
            watch.close()
