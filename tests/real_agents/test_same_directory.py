"""Two real agents of one kind in one directory: neither is ever bound to the other's session."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aimux.agents.binding import TURN_SECONDS
from aimux.server.clock import SystemClock
from tests.end_to_end.world import World
from tests.real_agents.agent import Agent
from tests.waiting import wait_until

CLOCK = SystemClock()


class Pair:
    """An agent, and another one that was started with the same words beside it."""

    def __init__(self, world: World, kind: str, port: int) -> None:
        self.world = world
        self.first = Agent(world, kind, port)
        words = world.ask("#{pane_start_command}", "work")
        place = ("-t", "work:", "-c", str(self.first.work))
        self.panes = (
            world.ask("#{pane_id}", "work"),
            world.do("new-window", "-d", "-P", "-F", "#{pane_id}", *place, words).strip(),
        )
        for pane in self.panes:
            wait_until(lambda pane=pane: self.fact(pane).get("state") == "idle", seconds=60)  # type: ignore[misc]  # mypy does not infer a lambda's default

    def fact(self, pane: str) -> dict[str, object]:
        found = json.loads(self.world.do("agents", "--json"))
        return next((dict(one) for one in found if one["pane"] == pane), {})

    def writes(self, pane: str, text: str) -> None:
        """Type a prompt, without sending it."""
        self.world.do("send-keys", "-t", pane, "-l", text)
        wait_until(lambda: text in self.world.seen(pane), state=lambda: self.world.seen(pane))

    def sends(self, *panes: str) -> None:
        for pane in panes:
            self.world.do("send-keys", "-t", pane, "Enter")

    def rests(self) -> None:
        """Wait until both have rested for so long that no two turns can be taken for one."""

        def are_apart() -> bool:
            ages = [CLOCK.wall() - float(str(self.fact(pane)["since"])) for pane in self.panes]
            return min(ages) > 2 * TURN_SECONDS

        wait_until(are_apart)

    def log(self, pane: str) -> str:
        """What stands in the log that a pane is bound to; empty for none."""
        told = json.loads(self.world.do("agent", "explain", "-t", pane, "--json"))
        return Path(told["log"]).read_text() if told["log"] else ""

    def answers(self, pane: str, count: int) -> None:
        """Wait until the model has answered so often."""
        wait_until(
            lambda: self.world.seen(pane).count("Hello from the model") >= count,
            seconds=60,
            state=lambda: self.world.seen(pane),
        )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["codex", "gemini-cli"])
def test_two_in_one_directory_are_bound_to_their_own_sessions_or_to_none(
    aimux: World, port: int, kind: str
) -> None:
    pair = Pair(aimux, kind, port)
    one, other = pair.panes
    pair.writes(one, "word of the first")
    pair.writes(other, "word of the second")
    pair.sends(one, other)
    for pane in pair.panes:
        pair.answers(pane, 1)
    for pane, foreign in ((one, "of the second"), (other, "of the first")):
        assert foreign not in pair.log(pane)
    for pane, text in ((one, "of the first"), (other, "of the second")):
        pair.rests()
        pair.writes(pane, "alone now")
        pair.sends(pane)
        pair.answers(pane, 2)
        wait_until(lambda pane=pane, text=text: text in pair.log(pane), seconds=30)  # type: ignore[misc]  # mypy does not infer a lambda's default
    assert "of the second" not in pair.log(one)
    assert "of the first" not in pair.log(other)
