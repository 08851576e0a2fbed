"""Real agents of npm are driven in panes; what aimux says of them is what they do."""

from __future__ import annotations

import pytest

from tests.real_agents.agent import Start
from tests.real_agents.driving import CONTEXTS, TOLD, Record, driven
from tests.real_agents.interfaces import PLAN_PERCENT, RESETS_AT
from tests.real_agents.script import LIMIT_SECONDS, table

pytestmark = pytest.mark.timeout(400)


@pytest.mark.parametrize("kind", ["claude-code", "codex"])
def test_an_agent_that_tells_its_state(start: Start, kind: str, record_property: Record) -> None:
    outcomes = driven(start, kind, record_property, has_plan=True)
    by = {one.step: one.source for one in outcomes}
    assert {by.pop("limited"), by.pop("exit")} == {"transcript", "process"}
    assert set(by.values()) == {"osc 7501"}


@pytest.mark.slow
@pytest.mark.parametrize("kind", CONTEXTS)
def test_what_an_agent_tells_is_told_in_time(
    start: Start, kind: str, record_property: Record
) -> None:
    outcomes = driven(start, kind, record_property, is_set_up=True, has_plan=True)
    told = [one for one in outcomes if one.source in TOLD]
    late = [one.step for one in told if one.own_lag is None or one.own_lag > LIMIT_SECONDS]
    assert not late, table(outcomes)


def test_codex_tells_how_much_of_its_plan_is_used(start: Start) -> None:
    agent = start("codex")
    agent.waits_until_it_listens()
    agent.types("hello there (turn plan)")
    agent.waits_for("done")
    agent.waits_until(lambda: agent.fact()["context"])
    context = agent.fact()["context"]
    assert isinstance(context, dict)
    limit = context["limits"][0]
    assert limit["percent"] == PLAN_PERCENT
    assert limit["resets_at"] == RESETS_AT


def test_a_limit_of_claude_code_ends_at_a_known_time(start: Start) -> None:
    agent = start("claude-code", has_plan=True)
    agent.waits_until_it_listens()
    agent.types("LIMIT now (turn limit)")
    assert agent.waits_for("limited")["limit_reset"] == RESETS_AT


@pytest.mark.slow
def test_dialogs_of_claude_code_are_waited_on(start: Start) -> None:
    agent = start("claude-code", is_trusting=False)
    agent.waits_for_text("trust this folder")
    assert agent.waits_for("waiting")["reason"] == "dialog"
    agent.presses("Down", "Enter")
    agent.waits_until_it_listens()
    agent.types("/model")
    assert agent.waits_for("waiting")["source"] == "registry"
    agent.presses("Escape")
    agent.waits_for("idle")
