"""Completion, the search of the history and the row of help at `C-b :`."""

from __future__ import annotations

import pytest

from aimux.commands.completion import complete
from aimux.commands.prompt_help import GREETING, CommandHelp
from aimux.model.client import Client
from aimux.model.key_tables import KeyTables
from aimux.model.prompt import Prompt
from aimux.server.reading import language
from tests.server.world import World, make_world


@pytest.fixture
def world() -> World:
    world = make_world()
    world.state.key_tables = KeyTables()
    read = language(world.state, world.effects).read_string
    world.state.key_tables.bind("prefix", "c", read("new-window"))
    world.state.key_tables.bind("mine", "x", read("new-window"))
    world.state.buffers.set("saved", b"x", now=0)
    return world


@pytest.fixture
def client(world: World) -> Client:
    return world.client()


def words(world: World, text: str) -> tuple[str, ...]:
    return complete(world.state, language(world.state, world.effects), text, len(text)).words


def prompt(world: World, history: list[str] | None = None) -> Prompt:
    reads = language(world.state, world.effects)
    helper = CommandHelp(world.state, reads, lambda: 60)
    return Prompt(label=":", answer=lambda _: None, history=history or [], assistant=helper)


def press(one: Prompt, *keys: str) -> str:
    for key in keys:
        one.press("Space" if key == " " else key)
    return one.text


def row(one: Prompt) -> str:
    assert one.assistant is not None
    (text,) = one.assistant.rows(one)
    return text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("split", ("split-window",)),
        ("command-", ("command-palette", "command-prompt")),
        ("kill-server ; split", ("split-window",)),
        ("bind-key -T m", ("mine",)),
        ("unbind-key ", ("c",)),
        ("paste-buffer -b ", ("saved",)),
        ("select-layout even-", ("even-horizontal", "even-vertical")),
        ("set -g mou", ("mouse",)),
        ("set -g mouse ", ("on", "off")),
        ("set status-position ", ("top", "bottom")),
        ("set theme no", ("nord",)),
        ("theme set dra", ("dracula",)),
        ("theme ", ("list", "preview", "set")),
        ("kill-session -t ", ("work",)),
        ("kill-window -t ", ("work:",)),
        ("kill-window -t work:", ("work:0",)),
        ("kill-pane -t work:0.", ("work:0.0",)),
        ("kill-pane -t %", ("%0",)),
        ("detach-client -t ", ("/dev/pts/100",)),
        ("command-prompt -T s", ("search",)),
        ("nonsense ", ()),
        ("kill-server ", ()),
    ],
)
@pytest.mark.usefixtures("client")
def test_what_may_stand_there(world: World, text: str, expected: tuple[str, ...]) -> None:
    assert words(world, text) == expected


def test_flags_are_those_of_the_command(world: World) -> None:
    assert words(world, "kill-session -") == ("-a", "-C", "-g", "-t")


def test_a_name_that_needs_quotes_gets_them(world: World) -> None:
    world.session.name = "my $work"
    assert words(world, "kill-session -t my") == ('"my \\$work"',)


def test_tab_completes_as_far_as_it_is_clear(world: World) -> None:
    one = prompt(world)
    assert press(one, *"sel", "Tab") == "select-"
    assert press(one, *"lay", "Tab") == "select-layout "
    assert "select-layout" in row(one)


def test_tab_goes_round_what_is_left(world: World) -> None:
    one = prompt(world)
    press(one, *"select-layout even", "Tab")
    assert "even-horizontal" in row(one)
    assert press(one, "Tab") == "select-layout even-horizontal"
    assert "#[reverse]even-horizontal" in row(one)
    assert press(one, "Tab") == "select-layout even-vertical"
    assert press(one, "Tab") == "select-layout even-horizontal"
    assert press(one, "BTab") == "select-layout even-vertical"
    assert press(one, "x") == "select-layout even-verticalx"


def test_the_text_behind_the_cursor_stays(world: World) -> None:
    one = prompt(world)
    press(one, *"split-w -h", "Home", *["Right"] * 7, "Tab")
    assert one.text == "split-window  -h"


def test_nothing_to_complete_changes_nothing(world: World) -> None:
    one = prompt(world)
    assert press(one, *"nonsense x", "Tab", "BTab") == "nonsense x"


def test_control_r_goes_back_through_what_holds_the_text(world: World) -> None:
    one = prompt(world, ["split-window", "kill-pane", "split-window -h", "list-keys"])
    assert press(one, *"split", "C-r") == "split-window -h"
    assert "1 more" in row(one)
    assert press(one, "C-r") == "split-window"
    assert press(one, "C-r") == "split-window"
    assert press(one, "x") == "split-windowx"


def test_the_row_says_what_is_being_typed(world: World) -> None:
    one = prompt(world)
    assert GREETING in row(one)
    press(one, *"kill-pane -t ")
    assert "[-t target-pane]" in row(one)
    press(one, "C-u", *"split-window -t ")
    assert row(one).endswith("…")
    press(one, "C-u", *"set -g mouse ")
    assert "Now: off" in row(one)


def test_the_chosen_word_is_always_seen(world: World) -> None:
    one = prompt(world)
    press(one, "Tab")
    for _ in range(40):
        press(one, "Tab")
        assert f"#[reverse]{one.text}" in row(one)
