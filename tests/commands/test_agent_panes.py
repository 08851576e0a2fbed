"""When an agent may be told something."""

from __future__ import annotations

import pytest

from aimux.commands.agent_panes import is_limit_over, kind_called, objection
from aimux.errors import CommandError
from aimux.protocol.facts import AgentFact


def fact(state: str, source: str, **more: object) -> AgentFact:
    return AgentFact(3, "work", "work:0.1", "claude", state, "", 0.0, source, **more)


@pytest.mark.parametrize("source", ["osc 7501", "registry", "hook"])
@pytest.mark.parametrize("state", ["idle", "done"])
def test_an_agent_that_says_that_it_rests_may_be_told(state: str, source: str) -> None:
    assert objection(fact(state, source)) == ""


@pytest.mark.parametrize("source", ["transcript", "terminal", "screen", "process", "", "new"])
def test_a_look_from_outside_is_no_reason_to_type(source: str) -> None:
    assert objection(fact("idle", source)).startswith(
        "%3 seems idle, but the agent has not said so"
    )


@pytest.mark.parametrize(
    "state", ["starting", "working", "waiting", "error", "limited", "exited", "unknown"]
)
def test_every_other_state_is_an_objection(state: str) -> None:
    assert objection(fact(state, "osc 7501", request="rm?")) == f"%3 is {state}: rm?"


def test_a_limit_is_over_when_the_told_time_has_come() -> None:
    limited = fact("limited", "transcript", limit_reset=100.0)
    assert is_limit_over(limited, 100.0)
    assert not is_limit_over(limited, 99.0)
    for other in (
        fact("limited", "screen", limit_reset=100.0),
        fact("limited", "transcript"),
        fact("waiting", "osc 7501", limit_reset=100.0),
    ):
        assert not is_limit_over(other, 200.0)


def test_a_kind_is_called_by_its_name_or_its_program() -> None:
    assert kind_called("claude-code") is kind_called("claude")
    assert kind_called("gemini").name == "gemini-cli"
    with pytest.raises(CommandError, match="unknown kind: vim"):
        kind_called("vim")
