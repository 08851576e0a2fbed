"""What happens to a key: prompts, prefix, tables, repeats, modes, the pane (tmux(1))."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from aimux.commands.command import Source
from aimux.commands.keymap import read_keymap
from aimux.data import load_data
from aimux.events import ClientFocusOut
from aimux.ids import PaneId
from aimux.keys.tokenizer import Tokenizer
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.layout_cell import Box
from aimux.model.menu import Menu, MenuItem
from aimux.model.options import Options
from aimux.model.pane import Exit, Pane
from aimux.model.pane_numbers import PaneNumbers
from aimux.model.popup import Popup, PopupActions
from aimux.model.prompt import Prompt
from aimux.server.key_input import KeyInput
from aimux.server.painter import Painter
from aimux.server.picture import Picture
from aimux.server.reading import language
from aimux.styles.draw import StyleRange
from aimux.vt.engine import Engine
from tests.server.world import World, make_world


class Silent:
    """A requester that keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def output(self, text: str) -> None:
        self.said.append(text)

    raw = error = output

    def fail(self, status: int) -> None:
        self.said.append(str(status))


@dataclass
class Screen:
    """A client's screen as the mouse sees it."""

    picture: Picture | None = None
    ranges: tuple[StyleRange, ...] = ()
    sidebar: list[str] = field(default_factory=list)

    def sidebar_key(self, name: str) -> None:
        self.sidebar.append(name)

    def focus_sidebar(self, *, focused: bool) -> None:
        self.sidebar.append(f"focused {focused}")


@dataclass
class Desk:
    """A person at a client: what they type, what ran, what the pane got."""

    world: World
    client: Client
    screen: Screen
    ran: list[str] = field(default_factory=list)
    now: float = 0.0

    def __post_init__(self) -> None:
        self.input = KeyInput(
            self.world.state,
            self.world.effects,
            self.client,
            self.screen,
            run=self.run,
            requester=Silent(),
            monotonic=lambda: self.now,
            changed=lambda: None,
        )

    def run(self, block: CommandBlock, source: Source) -> None:
        del source
        self.ran.append(block.text)

    def type(self, data: bytes) -> None:
        tokenizer = Tokenizer()
        for token in [*tokenizer.feed(data), *tokenizer.timeout()]:
            if token.key is None:
                self.input.text(token.raw)
            else:
                self.input.key(token.key.notation, token.raw)

    def take(self) -> list[str]:
        ran, self.ran = self.ran, []
        return ran

    @property
    def typed(self) -> bytes:
        written, self.world.effects.written = self.world.effects.written, []
        return b"".join(data for _, data in written)


@pytest.fixture
def desk() -> Desk:
    world = make_world()
    state = world.state
    read = language(state, world.effects).read_string
    read_keymap(load_data("keymaps", "tmux"), read, into=state.key_tables)
    state.session_options.set("which-key", "off")
    client = world.client()
    screen = Screen(Painter(state, world.effects, client).picture())
    return Desk(world, client, screen)


def bind(desk: Desk, table: str, key: str, command: str) -> None:
    read = language(desk.world.state, desk.world.effects).read_string
    desk.world.state.key_tables.bind(table, key, read(command))


def test_what_nobody_bound_goes_to_the_pane_as_it_came(desk: Desk) -> None:
    desk.type("héllo 日本\x1b[A\x03".encode())
    assert desk.typed == "héllo 日本\x1b[A\x03".encode()
    assert desk.take() == []


def test_a_key_behind_the_prefix_runs_its_binding_and_reaches_no_program(desk: Desk) -> None:
    desk.type(b"\x02c")
    assert desk.take() == ["new-window"]
    assert desk.typed == b""
    assert desk.client.key_table == "root"


def test_prefix_and_key_in_one_read_with_text_around_them(desk: Desk) -> None:
    desk.type(b"ab\x02dcd")
    assert desk.take() == ["detach-client"]
    assert desk.typed == b"abcd"


def test_an_unbound_key_behind_the_prefix_is_dropped(desk: Desk) -> None:
    desk.type(b"\x02Yz")
    assert desk.take() == []
    assert desk.typed == b"z"


def test_a_key_that_is_let_go_runs_no_binding(desk: Desk) -> None:
    desk.world.pane.screen.feed(b"\x1b[>3u")
    desk.type(b"\x1b[98;5u\x1b[98;5:3u")
    assert desk.client.key_table == "prefix"
    desk.type(b"c")
    assert desk.take() == ["new-window"]
    assert desk.typed == b"\x1b[98;5:3u"


def test_a_repeatable_binding_keeps_the_prefix_table(desk: Desk) -> None:
    desk.type(b"\x02\x1b[A\x1b[A")
    assert desk.take() == ["select-pane -U", "select-pane -U"]
    seconds, end = desk.world.effects.timers[-1]
    assert seconds == pytest.approx(0.5)
    end()
    desk.type(b"\x1b[A")
    assert desk.typed == b"\x1b[A"


def test_a_key_without_repeat_ends_the_repeat_and_is_looked_up_anew(desk: Desk) -> None:
    desk.type(b"\x02\x1b[A")
    desk.take()
    desk.type(b"o")
    assert desk.take() == []
    assert desk.typed == b"o"


def test_the_prefix_counts_as_prefix_while_a_binding_may_repeat(desk: Desk) -> None:
    desk.type(b"\x02\x1b[A\x02o")
    assert desk.take() == ["select-pane -U", "select-pane -t :.+"]
    assert desk.typed == b""


def test_a_character_bound_in_the_root_table_is_taken_out_of_a_run_of_text(desk: Desk) -> None:
    bind(desk, "root", "x", "next-window")
    desk.type(b"axb")
    assert desk.take() == ["next-window"]
    assert desk.typed == b"ab"


def test_a_prompt_takes_all_keys_until_it_is_answered(desk: Desk) -> None:
    answers: list[str | None] = []

    def answer(text: str | None) -> None:
        answers.append(text)
        desk.client.prompt = None

    desk.client.prompt = Prompt(label=":", answer=answer)
    desk.type(b"ls x\x7f-a\r")
    desk.type(b"after")
    assert answers == ["ls -a"]
    assert desk.typed == b"after"


def test_a_confirmation_takes_one_key(desk: Desk) -> None:
    answers: list[str | None] = []

    def answer(text: str | None) -> None:
        answers.append(text)
        desk.client.prompt = None

    desk.client.prompt = Prompt(label="sure?", answer=answer, single=True)
    desk.type(b"yes")
    assert answers == ["y"]
    assert desk.typed == b"es"


def test_any_key_takes_the_message_away(desk: Desk) -> None:
    desk.client.message = "done"
    desk.type(b"x")
    assert desk.client.message is None
    assert desk.typed == b"x"


def test_a_read_only_client_types_nothing(desk: Desk) -> None:
    desk.client.read_only = True
    desk.type(b"rm")
    assert desk.typed == b""


def test_synchronised_panes_all_get_what_is_typed(desk: Desk) -> None:
    window = desk.world.window
    other = Pane(desk.world.state.new_pane_id(), window.active.screen, window.active.options)
    window.panes.append(other)
    window.options.set("synchronize-panes", "on")
    desk.type(b"k")
    assert [pane for pane, _ in desk.world.effects.written] == [window.panes[0].id, other.id]


def test_a_paste_into_a_pane_that_asked_for_brackets_gets_them(desk: Desk) -> None:
    desk.world.pane.screen.feed(b"\x1b[?2004h")
    desk.input.paste(b"one\x1b[201~\r", first=True, last=False)
    desk.input.paste(b"two", first=False, last=True)
    typed = desk.typed
    assert typed.startswith(b"\x1b[200~one")
    assert typed.endswith(b"two\x1b[201~")
    assert typed.count(b"\x1b[201~") == 1


def test_a_paste_into_a_prompt_stays_on_its_line(desk: Desk) -> None:
    desk.client.prompt = Prompt(label=":", answer=lambda _: None)
    desk.input.paste(b"new-window\nkill-server\n", first=True, last=True)
    assert desk.client.prompt.text == "new-window"
    assert desk.typed == b""


def click(desk: Desk, button: int, column: int, row: int) -> None:
    desk.input.mouse(button, column, row, release=False)
    desk.input.mouse(button, column, row, release=True)


def test_a_click_runs_the_binding_of_the_place_under_it(desk: Desk) -> None:
    desk.world.session.options.set("mouse", "on")
    bind(desk, "root", "MouseDown1Pane", "select-pane -t =")
    click(desk, 0, 10, 5)
    assert desk.take() == ["select-pane -t ="]


def test_with_mouse_off_a_program_that_asked_gets_the_mouse(desk: Desk) -> None:
    desk.world.session.options.set("mouse", "off")
    desk.world.pane.screen.feed(b"\x1b[?1000h\x1b[?1006h")
    desk.input.mouse(0, 10, 5, release=False)
    assert desk.typed == b"\x1b[<0;11;6M"
    assert desk.take() == []


def test_a_drag_that_a_command_began_gets_the_moves_until_the_button_is_let_go(
    desk: Desk,
) -> None:
    moves: list[tuple[int, int]] = []
    desk.client.drag = lambda column, row: moves.append((column, row))
    desk.input.mouse(32, 11, 5, release=False)
    desk.input.mouse(32, 12, 6, release=False)
    desk.input.mouse(0, 12, 6, release=True)
    assert moves == [(11, 5), (12, 6)]
    assert desk.client.drag is None


def test_a_mouse_key_that_nobody_bound_goes_to_the_program_that_asked(desk: Desk) -> None:
    desk.world.session.options.set("mouse", "on")
    desk.world.pane.screen.feed(b"\x1b[?1000h\x1b[?1006h")
    desk.world.state.key_tables.unbind("root", "MouseDown3Pane")
    desk.input.mouse(2, 10, 5, release=False)
    assert desk.typed == b"\x1b[<2;11;6M"
    assert desk.take() == []


def test_focus_is_told_once(desk: Desk) -> None:
    desk.input.focus(focused=True)
    desk.input.focus(focused=False)
    desk.input.focus(focused=False)
    assert desk.world.effects.events == [ClientFocusOut(desk.client.id, desk.client.name)]


# ---- what lies over the screen ----


def menu_over(desk: Desk, *, by_mouse: bool = False) -> list[int | None]:
    """Open a menu with the items a, b and c; what is chosen."""
    chosen: list[int | None] = []
    items = tuple(MenuItem(key, key) for key in "abc")
    desk.client.overlay = Menu(
        title="", items=items, column=5, row=5, ended=chosen.append, by_mouse=by_mouse
    )
    return chosen


def popup_over(desk: Desk) -> list[bytes]:
    """Open a popup; what is typed to its program."""
    typed: list[bytes] = []
    actions = PopupActions(
        write=typed.append,
        ended=lambda _: None,
        paste=lambda: None,
        buffer_name=lambda: "",
        to_pane=lambda _: False,
    )
    pane = Pane(PaneId(-1), Engine(18, 8), Options(desk.world.window.options))
    desk.client.overlay = Popup(pane, Box(10, 5, 20, 10), 80, 24, actions)
    return typed


def test_a_menu_takes_a_key_and_the_rest_of_the_text_goes_on(desk: Desk) -> None:
    chosen = menu_over(desk)
    desk.type(b"xbyz")
    assert (chosen, desk.client.overlay) == ([1], None)
    assert desk.typed == b"yz"


def test_a_menu_takes_the_prefix_too(desk: Desk) -> None:
    menu_over(desk)
    desk.type(b"\x02c")
    assert (desk.take(), desk.client.key_table) == ([], "root")


def test_nobody_chooses_by_pasting(desk: Desk) -> None:
    chosen = menu_over(desk)
    desk.input.paste(b"b", first=True, last=True)
    assert (chosen, desk.typed) == ([], b"")


def test_a_popups_program_gets_keys_text_and_pastes(desk: Desk) -> None:
    typed = popup_over(desk)
    desk.type("\x02dé \x1b[A".encode())
    desk.input.paste(b"pasted", first=True, last=True)
    assert b"".join(typed) == "\x02dé \x1b[Apasted".encode()
    assert (desk.typed, desk.take()) == (b"", [])


def test_escape_closes_a_popup_and_reaches_nobody(desk: Desk) -> None:
    typed = popup_over(desk)
    desk.type(b"\x1b")
    assert (typed, desk.client.overlay, desk.typed) == ([], None, b"")


def test_a_key_that_passes_the_numbers_does_what_it_does_otherwise(desk: Desk) -> None:
    desk.client.overlay = PaneNumbers(lambda _: None, lambda: None)
    desk.type(b"\x02c")
    assert (desk.take(), desk.client.overlay) == (["new-window"], None)


def test_the_mouse_is_the_overlays(desk: Desk) -> None:
    chosen = menu_over(desk, by_mouse=True)
    desk.input.mouse(2 + 32, 8, 7, release=False)
    desk.input.mouse(2, 8, 7, release=True)
    assert (chosen, desk.take()) == ([1], [])


def test_a_read_only_client_leaves_its_overlay_alone(desk: Desk) -> None:
    chosen = menu_over(desk)
    desk.client.read_only = True
    desk.type(b"b")
    assert (chosen, desk.typed) == ([], b"")
    assert desk.client.overlay is not None


def test_text_behind_the_key_that_closed_the_last_pane_reaches_nobody(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def detach(client: Client, *_: object) -> None:
        client.session = None

    monkeypatch.setattr(desk.world.effects, "detach", detach)
    bind(desk, "root", "q", "display-message gone")
    desk.world.pane.exited = Exit(0, None, 0.0)
    desk.world.pane.options.set("remain-on-exit", "key")
    desk.type(b"xqx")
    assert (desk.client.session, desk.take(), desk.typed) == (None, [], b"")


def test_what_a_key_opens_takes_the_rest_of_the_same_read(desk: Desk) -> None:
    chosen: list[int | None] = []

    def run(block: CommandBlock, source: Source) -> None:
        del block, source
        items = (MenuItem("Stop", "s"), MenuItem("Go", "g"))
        desk.client.overlay = Menu("m", items, 0, 0, chosen.append)

    desk.input._run = run
    desk.type(b"a\x02cgb")
    assert chosen == [1]
    assert desk.typed == b"ab"


def test_the_first_repeat_may_have_a_time_of_its_own(desk: Desk) -> None:
    desk.world.state.session_options.set("initial-repeat-time", "2000")
    desk.type(b"\x02\x1b[A\x1b[A")
    assert desk.take() == ["select-pane -U", "select-pane -U"]
    assert [seconds for seconds, _ in desk.world.effects.timers] == [2.0, 0.5]


def test_a_prefix_is_forgotten_after_its_timeout(desk: Desk) -> None:
    desk.world.state.server_options.set("prefix-timeout", "700")
    desk.type(b"\x02")
    (seconds, time_over), *_ = desk.world.effects.timers
    assert (seconds, desk.client.key_table) == (0.7, "prefix")
    desk.type(b"n\x02")
    time_over()  # of the first prefix, which a key has followed
    assert desk.client.key_table == "prefix"
    desk.world.effects.timers[-1][1]()
    assert desk.client.key_table == "root"


def test_the_mouse_selects_the_pane_that_it_moves_into_where_that_is_wanted(desk: Desk) -> None:
    world = desk.world
    other = Pane(world.state.new_pane_id(), Engine(1, 1), Options(world.window.options))
    world.state.panes[other.id] = other
    world.window.panes.append(other)
    world.window.floats.put(other.id, Box(10, 5, 20, 5))
    world.window.place_panes()
    desk.screen.picture = Painter(world.state, world.effects, desk.client).picture()
    world.session.options.set("mouse", "on")
    desk.input.mouse(35, 15, 7, release=False)
    assert world.window.active is world.pane
    world.session.options.set("focus-follows-mouse", "on")
    desk.input.mouse(32, 15, 7, release=False)  # with a button held
    assert world.window.active is world.pane
    desk.input.mouse(35, 15, 7, release=False)
    assert world.window.active is other


def test_a_focused_sidebar_gets_the_keys_and_the_pane_none(desk: Desk) -> None:
    desk.client.sidebar_focused = True
    desk.type(b"jj y\x1b[B\r")
    assert desk.screen.sidebar == ["j", "j", "Space", "y", "Down", "Enter"]
    desk.input.paste(b"pasted", first=True, last=True)
    assert desk.typed == b""


@pytest.mark.parametrize("key", [b"\x1b", b"q", b"\x03"])
def test_a_key_gives_the_focus_back(desk: Desk, key: bytes) -> None:
    desk.client.sidebar_focused = True
    desk.type(key)
    assert desk.screen.sidebar == ["focused False"]
    assert desk.typed == b""


def test_the_prefix_and_its_key_are_not_the_sidebars(desk: Desk) -> None:
    desk.client.sidebar_focused = True
    desk.type(b"\x02c")
    assert desk.take() == ["new-window"]
    desk.type(b"j")
    assert desk.screen.sidebar == ["j"]


def test_a_prompt_goes_before_the_sidebar(desk: Desk) -> None:
    desk.client.sidebar_focused = True
    desk.client.prompt = Prompt(label=":", answer=lambda _: None)
    desk.type(b"j")
    assert desk.client.prompt.text == "j"
    assert desk.screen.sidebar == []


def test_a_click_in_the_window_gives_the_focus_back(desk: Desk) -> None:
    desk.client.sidebar_focused = True
    desk.input.mouse(0, 3, 3, release=False)
    assert desk.screen.sidebar == ["focused False"]


def test_the_option_names_the_table_of_keys_without_a_prefix(desk: Desk) -> None:
    state = desk.world.state
    read = language(state, desk.world.effects).read_string
    state.key_tables.bind("root", "F5", read("display-message root"))
    state.key_tables.bind("mine", "x", read("display-message mine"))
    desk.world.session.options.set("key-table", "mine")
    desk.type(b"x\x1b[15~y")
    assert desk.take() == ["display-message mine"]
    assert desk.typed == b"\x1b[15~y"
    desk.world.session.options.unset("key-table")
    desk.type(b"x\x1b[15~")
    assert desk.take() == ["display-message root"]
