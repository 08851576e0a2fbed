"""Agents that tell nothing unasked: after `aimux agent setup`, and without it."""

from __future__ import annotations

import pytest

from tests.real_agents.agent import Start
from tests.real_agents.driving import Record, driven

pytestmark = pytest.mark.timeout(400)


@pytest.mark.parametrize("kind", ["gemini-cli", "opencode"])
def test_an_agent_that_was_set_up(start: Start, kind: str, record_property: Record) -> None:
    outcomes = driven(start, kind, record_property, is_set_up=True)
    assert "hook" in {one.source for one in outcomes}


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gemini-cli", "opencode"])
def test_an_agent_that_is_only_looked_at(start: Start, kind: str, record_property: Record) -> None:
    outcomes = driven(start, kind, record_property)
    assert not {one.source for one in outcomes} & {"osc 7501", "registry", "hook"}
