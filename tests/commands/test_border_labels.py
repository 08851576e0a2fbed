"""What the border above a pane says of it, and which panes have such a label."""

from __future__ import annotations

import pytest

from aimux.commands.border_labels import border_format, labels_of
from aimux.commands.host import host_name
from aimux.ids import PaneId
from aimux.model.layout_cell import Box, Direction
from aimux.model.options import Options
from aimux.model.options_table import ROWS
from aimux.model.pane import Pane
from aimux.protocol.facts import AgentFact
from aimux.styles.measure import styled_width
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


def agent(pane: Pane, state: str) -> AgentFact:
    return AgentFact(pane.id, "work", "work:0", "claude", state, "", 0.0, "")


@pytest.fixture
def world() -> World:
    return make_world(columns=60, rows=23)


def below(world: World, title: str = "docs") -> Pane:
    """A second pane under the first one."""
    pane = Pane(PaneId(7), Engine(1, 1), Options(world.window.options))
    pane.title = title
    world.window.layout.split(world.pane.id, pane.id, direction=Direction.TOP_BOTTOM)
    world.window.panes.append(pane)
    world.state.panes[pane.id] = pane
    world.window.place_panes()
    return pane


def labels(world: World, *, as_tmux: bool = False) -> dict[PaneId, str]:
    client = world.client()
    client.as_tmux = as_tmux
    found = labels_of(world.effects, client, world.window, world.state.theme)
    assert all(styled_width(label.text) == label.columns for label in found.values())
    return {pane: label.text for pane, label in found.items()}


def test_a_pane_below_a_border_is_named_if_an_agent_runs_in_it(world: World) -> None:
    pane = below(world)
    assert labels(world) == {}
    world.effects.known_agents = [agent(pane, "working"), agent(world.pane, "waiting")]
    assert labels(world) == {pane.id: " 1 claude · docs ● "}
    assert labels(world, as_tmux=True) == {}


def test_one_that_waits_or_has_failed_has_the_colour_for_that(world: World) -> None:
    pane = below(world)
    for state, colour, mark in (("waiting", "yellow", "▲"), ("error", "brightred", "✗")):
        world.effects.known_agents = [agent(pane, state)]
        expected = f"#[fg={colour}]#[bold] 1 claude · docs {mark} #[default]"
        assert labels(world) == {pane.id: expected}


def test_options_say_which_panes_are_named(world: World) -> None:
    pane = below(world)
    world.window.options.set("pane-border-labels", "all")
    assert labels(world) == {pane.id: " 1 sh · docs "}
    world.window.options.set("pane-border-labels", "off")
    world.effects.known_agents = [agent(pane, "waiting")]
    assert labels(world) == {}
    world.window.options.set("pane-border-labels", "agents")
    world.window.options.set("pane-border-status", "top")
    assert labels(world) == {}


def test_a_zoomed_pane_has_no_border_and_a_floating_one_has(world: World) -> None:
    pane = below(world)
    world.effects.known_agents = [agent(pane, "working")]
    world.window.zoom()
    assert labels(world) == {}
    world.window.unzoom()
    world.window.layout.close(pane.id)
    world.window.floats.put(pane.id, Box(5, 0, 30, 5))
    world.window.place_panes()
    assert labels(world) == {pane.id: " 1 claude · docs ● "}


@pytest.mark.parametrize(
    ("columns", "label"),
    [
        (41, " 1 claude · a long title of a task ● "),
        (30, " 1 claude · a long tit… ● "),
        (20, " 1 claude ● "),
        (15, " 1 ● "),
        (8, ""),
    ],
)
def test_what_matters_least_goes_first_where_there_is_no_room(
    world: World, columns: int, label: str
) -> None:
    pane = below(world, "a long title of a task")
    pane.screen.resize(columns=columns, rows=5)
    world.effects.known_agents = [agent(pane, "working")]
    assert labels(world).get(pane.id, "") == label


@pytest.mark.parametrize("title", ["", "claude", host_name()])
def test_a_title_that_says_nothing_new_is_left_out(world: World, title: str) -> None:
    pane = below(world, title)
    world.effects.known_agents = [agent(pane, "idle")]
    assert labels(world) == {pane.id: " 1 claude · "}


def test_what_a_program_calls_itself_is_no_style(world: World) -> None:
    pane = below(world, "#[fg=red] ##[blink] x#")
    world.effects.known_agents = [agent(pane, "working")]
    assert labels(world) == {pane.id: " 1 claude · ##[fg=red] ####[blink] x# ● "}


def test_a_line_of_its_own_has_the_agent_only_where_the_format_is_tmuxs(world: World) -> None:
    options = world.pane.options
    theirs = str(ROWS["pane-border-format"].default)
    assert "agent_state" in border_format(options)
    assert options.text("pane-border-format") == theirs
    options.set("pane-border-format", "mine")
    assert border_format(options) == "mine"
    options.unset("pane-border-format")
    world.window.options.set("pane-border-labels", "off")
    assert border_format(options) == theirs
