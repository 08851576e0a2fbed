"""The list of a chooser: lines, keys and previews are those of tmux 3.3a's choose-tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte
import pytest

from aimux.commands.choose_canvas import Canvas
from aimux.commands.choose_drawing import draw_box, draw_list
from aimux.commands.choose_list import ChooseList, Item, Order
from aimux.commands.choose_mode import MOVES
from aimux.commands.choose_previews import text_preview
from aimux.commands.choose_tree import SORTS, Depth, Tree
from aimux.commands.targets import Current, Kind, Target, find
from aimux.model.state import State
from aimux.styles.style import parse_style
from tests.real_tmux import RealTmux
from tests.tmux_state import state_of

COLUMNS, ROWS = 100, 40
DEPTH = 1 << 24
STYLE = parse_style("bg=yellow,fg=black")
TEMPLATE = "#{?pane_format,pane,#{?window_format,window #{window_index},session}}"
SET_UP = (
    "rename-window one",
    "split-window -h cat",
    "split-window cat",
    "new-window -n two cat",
    "new-window -n three cat",
    "new-session -d -s other -n four -x 100 -y 40 cat",
    "split-window -t other: -h cat",
    "new-window -t other: -n five cat",
    "select-window -t work:0",
)
KEYS = (
    (),
    ("Down",),
    ("j", "j", "Right"),
    ("Up",),
    ("Left",),
    ("Left", "Left"),
    ("G",),
    ("G", "k", "+"),
    ("Home", "-"),
    ("Home", "h", "l"),
    ("M--",),
    ("M-+", "End"),
    ("NPage",),
    ("O",),
    ("r",),
    ("O", "r"),
    ("v",),
)


@dataclass
class World:
    tmux: RealTmux
    state: State


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    tmux = RealTmux(tmp_path_factory.mktemp("choose") / Path("tmux"))
    tmux.start(*(";", "set", "-g", "status", "off"), columns=COLUMNS, rows=ROWS)
    for line in SET_UP:
        tmux(*line.split())
    # A client gives the windows their sizes before they are read.
    tmux.shown(columns=COLUMNS, rows=ROWS, until=lambda screen: "│" in screen.display[0])
    yield World(tmux, state_of(tmux))
    tmux.close()


def expand(_template: str, target: Target, extra: dict[str, str]) -> str:
    if extra["pane_format"] == "1":
        return "pane"
    if extra["session_format"] == "1" or target.link is None:
        return "session"
    return f"window {target.link.index}"


def chooser(state: State, depth: Depth = Depth.PANES) -> ChooseList:
    tree = Tree(state, expand, depth, TEMPLATE)
    here = find(state, "work:0", Kind.PANE, Current())
    return ChooseList(tree.items, sorts=SORTS, selected=tree.selected(here))


def looks(screen: pyte.Screen) -> list[list[tuple[str, str, str, bool]]]:
    """What a person sees of every cell: a blank one has no foreground."""
    return [
        [
            (cell.data, "" if cell.data == " " else cell.fg, cell.bg, cell.reverse)
            for column in range(screen.columns)
            for cell in (screen.buffer[row][column],)
        ]
        for row in range(screen.lines)
    ]


def picture(shown: ChooseList, *, columns: int = COLUMNS, rows: int = ROWS) -> pyte.Screen:
    screen = pyte.Screen(columns, rows)
    stream = pyte.Stream(screen)
    shown.resize(rows)
    canvas = Canvas(columns=columns, rows=rows)
    draw_list(canvas, shown, STYLE)
    draw_box(canvas, shown, STYLE)
    for number, row in enumerate(canvas.text_rows(depth=DEPTH)):
        stream.feed(f"\x1b[{number + 1}H{row}")
    return screen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("flags", "depth"),
    [(["-Z"], Depth.PANES), (["-Zw"], Depth.WINDOWS), (["-Zs"], Depth.SESSIONS)],
)
@pytest.mark.parametrize("keys", KEYS, ids=" ".join)
def test_the_list_is_the_one_that_tmux_draws(
    world: World, flags: list[str], depth: Depth, keys: tuple[str, ...]
) -> None:
    shown = chooser(world.state, depth)
    with world.tmux.client(columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_until(lambda screen: "│" in screen.display[0])
        world.tmux("choose-tree", *flags, "-t", "work:0", "-F", TEMPLATE)
        terminal.wait_until(lambda screen: "(0)" in screen.display[0])
        shown.resize(ROWS)
        for key in keys:
            world.tmux("send-keys", "-t", "work:0", key)
            MOVES[key](shown)
        theirs = terminal.wait_until(lambda _: True)
        world.tmux("send-keys", "-t", "work:0", "q")
    assert looks(picture(shown)) == looks(theirs)


def items(*names: str) -> ChooseList:
    listed = [Item(name, name, "", f"value of {name}") for name in names]
    return list_of(listed)


def list_of(listed: list[Item]) -> ChooseList:
    def build(order: Order, wanted: str | None) -> list[Item]:
        kept = [item for item in listed if wanted is None or wanted in item.name]
        return kept[::-1] if order.reverse else kept

    return ChooseList(build, sorts=("time",))


def names_of(shown: ChooseList) -> list[str]:
    return [line.item.name for line in shown.lines]


def test_lines_have_shortcuts_up_to_the_last_letter() -> None:
    shown = items(*map(str, range(40)))
    keys = [line.shortcut for line in shown.lines]
    assert (keys[9], keys[10], keys[35], keys[36]) == ("9", "M-a", "M-z", "")


def test_the_current_item_stays_current_when_the_items_change() -> None:
    listed = [Item(name, name, "") for name in ("one", "two", "three")]
    shown = list_of(listed)
    shown.last()
    del listed[0]
    shown.refresh()
    assert shown.item is listed[-1]


def test_without_items_nothing_is_drawn() -> None:
    assert picture(items(), rows=10).display == [" " * COLUMNS] * 10


def test_what_a_filter_lets_through_is_listed_or_else_everything() -> None:
    shown = items("one", "two", "three")
    shown.set_wanted("o")
    assert (names_of(shown), shown.no_matches) == (["one", "two"], False)
    shown.set_wanted("x")
    assert (names_of(shown), shown.no_matches) == (["one", "two", "three"], True)


def test_a_tag_takes_the_tags_above_and_below_away() -> None:
    parent = Item("parent", "parent", "", children=(Item("child", "child", ""),))
    shown = list_of([parent])
    shown.toggle_tag()
    shown.down()
    shown.toggle_tag()
    assert [item.key for item in shown.tagged] == ["child"]
    shown.up()
    shown.toggle_tag()
    assert [item.key for item in shown.tagged] == ["parent"]


def test_a_hidden_item_is_no_longer_tagged() -> None:
    shown = list_of([Item("parent", "parent", "", children=(Item("child", "child", ""),))])
    shown.down()
    shown.toggle_tag()
    shown.collapse()
    shown.expand()
    assert shown.tagged == []


def test_a_search_shows_what_was_hidden_and_starts_again_at_the_top() -> None:
    hidden = Item("hidden", "a hidden one", "")
    shown = list_of(
        [Item("one", "one", "", children=(hidden,), expanded=False), Item("b", "b", "")]
    )
    shown.search("hidden")
    assert shown.item is hidden
    shown.search("on")
    assert shown.item is not None
    assert shown.item.key == "one"


def test_no_text_of_an_item_is_read_as_a_style_in_its_name() -> None:
    assert "#[bg=red]x" in picture(items("#[bg=red]x"), rows=10).display[0]


def test_a_buffer_is_shown_below_the_list() -> None:
    shown = list_of(
        [Item("b", "buffer0", "", "buffer0", preview=text_preview(["first", "second"]))]
    )
    display = picture(shown).display
    assert display[20].startswith("┌ buffer0 (sort: time) ─")
    assert display[21].startswith("│ first ")
    assert display[22].startswith("│ second ")
