"""Agents that need a person, what formats say of them, and where output stands."""

from __future__ import annotations

import pytest

from aimux.commands.agents import in_need
from aimux.commands.border_labels import border_format
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.output_places import show_output
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.option_defaults import SESSION_DEFAULTS
from aimux.model.options_table import ROWS
from aimux.protocol.facts import AgentFact, ContextFact
from tests.server.world import World, make_world


def agent(pane: int, state: str, since: float = 0.0, **more: object) -> AgentFact:
    return AgentFact(pane, "work", f"work:0.{pane}", "claude", state, "", since, "", **more)


def says(world: World, template: str, client: Client | None = None) -> str:
    target = Target(world.session, world.session.current_link, world.window, world.pane)
    return expand(template, StateContext(world.state, world.effects, target, client=client))


def test_who_needs_a_person_comes_by_urgency_and_then_by_age() -> None:
    states = ("done", "idle", "limited", "error", "working", "waiting", "unknown", "waiting")
    agents = [agent(number, state, float(number)) for number, state in enumerate(states)]
    assert [one.pane for one in in_need(agents)] == [5, 7, 3, 2, 0]


def test_formats_say_what_the_panes_agent_does() -> None:
    world = make_world()
    context = ContextFact(122_000, 200_000, 61)
    fact = agent(world.pane.id, "waiting", request="run x?", context=context)
    world.effects.known_agents = [fact, agent(9, "error"), agent(8, "error")]
    template = "#{agent_name} #{agent_state} #{agent_mark} #{agent_detail} #{agent_context_percent}"
    assert says(world, template) == "claude waiting ▲ run x? 61"
    assert says(world, "#{agents_waiting} #{agents_failed} #{agents_total}") == "1 2 3"


def test_what_an_agent_says_is_not_expanded() -> None:
    world = make_world()
    world.effects.known_agents = [agent(world.pane.id, "waiting", request="#{pane_id} #(date)")]
    assert says(world, "#{agent_detail}") == "#{pane_id} #(date)"


def test_a_client_by_the_name_of_tmux_is_told_of_no_agent() -> None:
    world = make_world()
    world.effects.known_agents = [agent(world.pane.id, "waiting")]
    client = world.client()
    client.as_tmux = True
    for template in (SESSION_DEFAULTS["status-right"], border_format(world.pane.options)):
        assert "▲" in says(world, template)
        assert "▲" not in says(world, template, client)


def test_without_agents_the_default_texts_are_tmuxs() -> None:
    world = make_world()
    texts = {
        "status-right": SESSION_DEFAULTS["status-right"],
        "pane-border-format": border_format(world.pane.options),
    }
    for name, text in texts.items():
        assert says(world, text) == says(world, str(ROWS[name].default))


def test_output_is_shown_by_its_logical_line_and_one_that_has_gone_is_an_error() -> None:
    world = make_world(columns=10, rows=5)
    pane = world.pane
    pane.screen.feed(b"$ run\r\n" + b"a" * 25 + b"\r\nsecond\r\nthird\r\n" + b"\r\n" * 30)
    for line, text in ((-1, "$ run"), (0, "aaaaaaaaaa"), (1, "second"), (2, "third")):
        show_output(world.state, pane, 1, line)
        assert says(world, "#{copy_cursor_line}").startswith(text)
    with pytest.raises(CommandError, match="has left the history"):
        show_output(world.state, pane, 5000, 0)
    assert pane.mode is None
