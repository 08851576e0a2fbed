"""The status line, and the prompt or message on it."""

from __future__ import annotations

import re

import pytest

from aimux.model.prompt import Prompt
from aimux.protocol.picture_messages import Cursor
from aimux.server.painter import Painter
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    return make_world(columns=80, rows=23)


def painter(world: World, *, columns: int = 80, rows: int = 24) -> Painter:
    client = world.client(columns=columns, rows=rows)
    return Painter(world.state, world.effects, client)


def test_an_open_prompt_has_the_cursor_behind_its_text(world: World) -> None:
    view = painter(world)
    client = next(iter(world.state.clients.values()))
    client.prompt = Prompt(label=":", answer=lambda _: None, text="new", cursor=3)
    picture = view.picture()
    cursor = view.cursor(picture)
    assert (cursor.row, cursor.column) == (23, 4)
    assert view.status_line.draw(picture)[0][0].count(":new") == 1


def test_a_prompt_longer_than_the_line_shows_its_end(world: World) -> None:
    view = painter(world, columns=20)
    client = next(iter(world.state.clients.values()))
    text = "abcdefghij" * 5
    client.prompt = Prompt(label=":", answer=lambda _: None, text=text, cursor=50)
    picture = view.picture()
    assert view.cursor(picture).column == 19
    assert "fghij" in view.status_line.draw(picture)[0][0]


def test_what_is_typed_into_a_prompt_is_no_style(world: World) -> None:
    view = painter(world)
    client = next(iter(world.state.clients.values()))
    client.prompt = Prompt(label=":", answer=lambda _: None, text="#[fg=red]x", cursor=0)
    assert "#[fg=red]x" in view.status_line.draw(view.picture())[0][0]


def test_a_title_cannot_change_the_look_of_the_status_line(world: World) -> None:
    world.pane.title = "#[bg=red]evil"
    world.session.options.set("status-right", "#{pane_title}")
    rows, _ranges = painter(world).status_line.draw(painter(world).picture())
    assert "#[bg=red]evil" in rows[0]


@pytest.mark.parametrize(
    ("version", "line", "row"), [("3.3a", "0", 23), ("3.7c", "0", 21), ("3.3a", "1", 22)]
)
def test_a_prompt_stands_in_the_line_of_the_status_line_that_is_asked_for(
    world: World, version: str, line: str, row: int
) -> None:
    client = world.client()
    world.state.server_options.set("tmux-version", version)
    options = world.state.session_options
    for name, value in (("status", "3"), ("message-line", line), ("prompt-cursor-style", "bar")):
        options.set(name, value)
    client.prompt = Prompt(label=":", answer=lambda _: None)
    painter = Painter(world.state, world.effects, client)
    picture = painter.picture()
    rows, _ = painter.status_line.draw(picture)
    plain = [re.sub(r"\x1b\[[0-9;:]*m", "", text) for text in rows]
    assert [place for place, text in enumerate(plain, 21) if text.startswith(":")] == [row]
    assert painter.cursor(picture) == Cursor(row, 1, visible=True, shape=6)


def test_a_message_may_have_a_format(world: World) -> None:
    world.state.session_options.set("message-format", "<#{message}> #{session_name}")
    view = painter(world)
    next(iter(world.state.clients.values())).message = "saved"
    rows, _ = view.status_line.draw(view.picture())
    assert "<saved> work" in rows[0]
