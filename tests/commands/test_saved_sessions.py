"""What is written of sessions, and how it is read again."""

from __future__ import annotations

import pytest

from aimux.commands.saved_sessions import saved_text
from aimux.model.environment import Environment
from aimux.model.options import Options
from aimux.model.session import Session
from migrate_tmux.resurrect import is_resurrect, read_resurrect
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world()


def more(world: World, name: str, group: str) -> Session:
    """One more session with the same window."""
    session = Session(
        id=world.state.new_session_id(),
        name=name,
        path="/tmp",
        options=Options(world.state.session_options),
        environment=Environment({}),
        created=0.0,
        activity=0.0,
        group=group,
    )
    session.select(session.link(world.window, index=0))
    world.state.sessions[session.id] = session
    return session


def test_what_is_saved_is_what_load_layout_reads(world: World) -> None:
    world.pane.title = "a title"
    world.window.options.set("automatic-rename", "off")
    text = saved_text(world.state, world.effects)
    assert is_resurrect(text)
    (plan,) = read_resurrect(text)
    (window,) = plan.windows
    (pane,) = window.panes
    assert (plan.name, window.name, window.index, window.active) == ("work", "one", 0, True)
    assert window.layout.endswith(",80x23,0,0,0")
    assert window.options == {"automatic-rename": "off"}
    assert (pane.directory, pane.title, pane.typed) == ("/tmp", "a title", ("vim 'a file'",))


def test_of_a_group_the_windows_are_kept_once(world: World) -> None:
    world.session.group = "pair"
    more(world, "twin", "pair")
    text = saved_text(world.state, world.effects)
    assert [plan.name for plan in read_resurrect(text)] == ["work"]
    assert text.splitlines()[-1].split("\t")[:3] == ["grouped_session", "twin", "pair"]


def test_without_sessions_there_is_nothing_to_save(world: World) -> None:
    world.state.sessions.clear()
    assert saved_text(world.state, world.effects) == ""
