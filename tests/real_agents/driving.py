"""A test's agent is taken through everything that agents do."""

from __future__ import annotations

from collections.abc import Callable

from tests.real_agents.agent import Start
from tests.real_agents.interfaces import INPUT, OUTPUT
from tests.real_agents.script import STEPS, Drive, Outcome, table

CONTEXTS = {
    "claude-code": (INPUT, 4),
    "codex": (INPUT + OUTPUT, 13),
    "gemini-cli": (INPUT, 4),
    "opencode": (INPUT + OUTPUT, 22),
}
"""The tokens that the model counts, as each kind sums them up, and their share of its window."""
TOLD = ("osc 7501", "registry", "hook", "process")
"""The sources that an agent itself speaks by, and the end of its process."""
Record = Callable[[str, object], None]


def driven(start: Start, kind: str, record: Record, **traits: bool) -> list[Outcome]:
    """Take an agent through everything, looking at its numbers after the first whole turn."""
    agent = start(kind, **traits)
    agent.waits_until_it_listens()
    drive, outcomes = Drive(agent), list[Outcome]()
    for step in STEPS:
        if not step.kinds or kind in step.kinds:
            outcomes.append(drive.take(step))
            if step.name == "done":
                context = agent.fact()["context"]
                assert isinstance(context, dict), agent.explains()
                assert (context["used"], context["percent"]) == CONTEXTS[kind], agent.explains()
    record("table", table(outcomes))
    assert [path.name for path in agent.work.glob("*.txt")] == ["made.txt"]
    assert all(one.is_right for one in outcomes), table(outcomes)
    return outcomes
