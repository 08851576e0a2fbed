"""The row of tabs of a narrow terminal."""

from __future__ import annotations

from aimux.commands.client_view import view_of
from aimux.commands.one_pane import tab_rows, tabs
from aimux.commands.sizes import wanted_size
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.layout_cell import Direction
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.theme import Chrome, read_theme
from aimux.protocol.facts import AgentFact
from aimux.server.painter import Painter
from aimux.server.tab_row import draw_tabs, tab_look
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


def split(world: World) -> Pane:
    """A second pane beside the first one, with an agent that waits."""
    window = world.window
    pane = Pane(world.state.new_pane_id(), Engine(10, 10), Options(window.options))
    window.layout.split(world.pane.id, pane.id, direction=Direction.LEFT_RIGHT)
    window.panes.append(pane)
    window.place_panes()
    world.state.panes[pane.id] = pane
    world.effects.known_agents.append(
        AgentFact(pane.id, "work", "work:0.1", "claude", "waiting", "", 0.0, "")
    )
    return pane


def narrow(world: World) -> Client:
    return world.client(columns=40, rows=15)


def test_a_narrow_client_has_tabs_once_there_are_two_panes() -> None:
    world = make_world()
    client = narrow(world)
    assert tab_rows(client) == 0
    split(world)
    assert [tab.label + tab.mark for tab in tabs(world.effects, client)] == [
        "0.0 one",
        "0.1 claude▲",
    ]
    assert tab_rows(client) == 1
    assert tab_rows(world.client(columns=60)) == 0


def test_it_shows_the_active_pane_alone_and_the_layout_stays() -> None:
    world = make_world()
    client, wide = narrow(world), world.client()
    pane = split(world)
    before = [(one.column, one.columns) for one in world.window.panes]
    painter = Painter(world.state, world.effects, client)
    world.window.select(pane, point=1)
    picture = painter.picture()
    assert [placed.pane for placed in picture.placed] == [pane]
    assert (picture.placed[0].column, picture.placed[0].row) == (0, 1)
    assert not world.window.zoomed
    assert [(one.column, one.columns) for one in world.window.panes] == before
    shown = Painter(world.state, world.effects, wide).picture().placed
    assert [placed.pane for placed in shown] == [world.pane, pane]


def test_a_pane_wider_than_the_terminal_follows_its_cursor() -> None:
    world = make_world()
    client = narrow(world)
    pane = split(world)
    world.window.resize(columns=160, rows=40)
    world.window.select(pane, point=1)
    assert view_of(client).column == pane.column
    pane.screen.feed(b"\x1b[30;70H")
    view = view_of(client)
    assert (view.columns, view.rows) == (40, 13)
    assert view.column <= pane.column + 69 < view.column + view.columns
    assert view.row <= pane.row + 29 < view.row + view.rows
    assert view.column + view.columns <= pane.column + pane.columns


def test_each_of_several_panes_has_about_the_size_of_the_terminal() -> None:
    world = make_world()
    narrow(world)
    assert wanted_size(world.window, world.state.attached()) == (40, 14)
    split(world)
    assert wanted_size(world.window, world.state.attached()) == (81, 13)
    world.window.layout.split(world.pane.id, PaneId(90), direction=Direction.TOP_BOTTOM)
    world.window.layout.split(PaneId(90), PaneId(91), direction=Direction.LEFT_RIGHT)
    assert wanted_size(world.window, world.state.attached()) == (122, 27)
    world.window.zoom()
    assert wanted_size(world.window, world.state.attached()) == (40, 13)


def test_options_turn_it_off() -> None:
    for name, value in (("narrow-columns", "0"), ("sidebar", "off")):
        world = make_world()
        client = narrow(world)
        split(world)
        world.session.options.set(name, value)
        assert tab_rows(client) == 0
        assert view_of(client).only is None


def test_a_client_by_the_name_of_tmux_sees_what_tmux_shows() -> None:
    world = make_world()
    client = narrow(world)
    client.as_tmux = True
    split(world)
    assert view_of(client).only is None


def test_a_click_on_a_tab_finds_its_pane_and_the_shown_tab_is_always_seen() -> None:
    world = make_world()
    client = narrow(world)
    pane = split(world)
    picture = Painter(world.state, world.effects, client).picture()
    assert picture.tab_at(1, 0) == world.pane.id
    assert picture.tab_at(12, 0) == pane.id
    assert picture.tab_at(39, 0) is None
    assert picture.tab_at(1, 1) is None
    world.window.select(pane, point=1)
    row = draw_tabs(tabs(world.effects, client), 15, tab_look(Chrome(), 256))
    assert [span.pane for span in row.spans] == [PaneId(pane.id)]


def test_a_tab_whose_agent_waits_has_the_colour_of_attention() -> None:
    world = make_world()
    client = narrow(world)
    pane = split(world)
    colours = dict.fromkeys(("text", "background", "surface", "selection", "border"), "black")
    colours |= {"quiet": "white", "accent": "blue", "attention": "#ffc35c", "failure": "red"}
    world.state.theme = read_theme({"colours": colours}, "mine")
    client.depth = client.told_depth = 1 << 24
    amber = "\x1b[1;38;2;255;195;92;40m 0.1 claude▲ "

    def text() -> str:
        row = Painter(world.state, world.effects, client).picture().tabs
        assert row is not None
        return row.text

    assert amber in text()
    world.window.select(pane, point=1)
    assert amber.replace("m ", ";7m ", 1) in text()
