"""Real agents of npm are driven in panes; what aimux says of them is what they do."""

from __future__ import annotations

import pytest

from tests.end_to_end.world import World
from tests.real_agents.agent import Agent
from tests.real_agents.model import INPUT, OUTPUT
from tests.waiting import wait_until


def used(agent: Agent) -> object:
    context = agent.fact().get("context")
    return context.get("used") if isinstance(context, dict) else None


def claude(aimux: World, port: int, *arguments: str) -> Agent:
    agent = Agent(aimux, "claude-code", port, *arguments)
    agent.waits_for_text("trust this folder")
    agent.waits_for("waiting")
    agent.presses("Down")
    agent.presses("Enter")
    agent.waits_for("idle")
    return agent


def test_claude_code_works_and_is_done_with_known_numbers(aimux: World, port: int) -> None:
    agent = claude(aimux, port)
    agent.types("SLOW please")
    assert agent.waits_for("working")["source"] == "osc 7501"
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("hello there")
    agent.waits_for("done")
    wait_until(lambda: used(agent) == INPUT, state=agent.explains)
    assert agent.fact()["context"]["percent"] == 4  # type: ignore[index]  # JSON


@pytest.mark.slow
def test_claude_code_asks_is_denied_allowed_refused_and_exits(aimux: World, port: int) -> None:
    agent = claude(aimux, port, "--permission-mode", "default")
    agent.types("RUN[touch made.txt]")
    asks = agent.waits_for("waiting")
    assert asks["reason"] == "permission"
    wait_until(lambda: agent.fact()["answers"], state=agent.explains)
    assert agent.fact()["request"] == "touch made.txt"
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("RUN[touch made2.txt]")
    wait_until(lambda: agent.fact()["answers"], state=agent.explains)
    agent.presses("1")
    agent.waits_for("done")
    assert [path.name for path in agent.work.glob("*.txt")] == ["made2.txt"]
    agent.types("/model")
    assert agent.waits_for("waiting")["source"] == "registry"
    agent.presses("Escape")
    agent.waits_for("done", "idle")
    agent.types("ERR400 now")
    agent.waits_for("error")
    agent.presses("C-c", "C-c")
    agent.waits_for("exited")


@pytest.mark.slow
def test_codex_through_its_states(aimux: World, port: int) -> None:
    agent = Agent(aimux, "codex", port)
    agent.waits_for_text("gpt-5.2-codex")
    agent.waits_for("idle")
    agent.types("hello there")
    agent.waits_for("done")
    wait_until(lambda: used(agent) == INPUT + OUTPUT, state=agent.explains)
    agent.types("SLOW please")
    agent.waits_for("working")
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("RUN[touch made.txt]")
    assert agent.waits_for("waiting")["reason"] == "permission"
    wait_until(lambda: agent.fact()["answers"], state=agent.explains)
    assert "touch made.txt" in str(agent.fact()["request"])
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("ERR400 now")
    agent.waits_for("error")


@pytest.mark.slow
def test_gemini_cli_through_its_states(aimux: World, port: int) -> None:
    agent = Agent(aimux, "gemini-cli", port)
    agent.waits_for_text("Type your message")
    agent.waits_for("idle")
    agent.types("hello there")
    agent.waits_for("done")
    assert used(agent) == INPUT
    agent.types("SLOW please")
    agent.waits_for("working")
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("RUN[touch made.txt]")
    assert agent.waits_for("waiting")["reason"] in ("permission", "")
    wait_until(lambda: agent.fact()["answers"], state=agent.explains)
    agent.presses("Escape")
    agent.waits_for("idle")
    agent.types("ERR400 now")
    agent.waits_for("error")
