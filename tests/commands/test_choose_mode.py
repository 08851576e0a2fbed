"""The chooser: lines, keys and previews are those of tmux 3.3a's choose-tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte
import pytest

from aimux.commands.choose_items import Depth, Item, Tree, text_preview
from aimux.commands.choose_mode import Choice, ChooseMode, Ending, Order
from aimux.commands.targets import Current, Kind, Target, find
from aimux.model.state import State
from aimux.styles.style import parse_style
from tests.real_tmux import RealTmux
from tests.tmux_state import state_of

COLUMNS, ROWS = 100, 40
DEPTH = 1 << 24
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


def chooser(state: State, depth: Depth = Depth.PANES) -> ChooseMode:
    tree = Tree(state, expand, depth, TEMPLATE)
    here = find(state, "work:0", Kind.PANE, Current())
    style = parse_style("bg=yellow,fg=black")
    return ChooseMode(tree.items, name="tree-mode", selected=tree.selected(here), style=style)


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


def picture(mode: ChooseMode, *, columns: int = COLUMNS, rows: int = ROWS) -> pyte.Screen:
    screen = pyte.Screen(columns, rows)
    stream = pyte.Stream(screen)
    for number, row in enumerate(mode.rows(columns=columns, rows=rows, depth=DEPTH)):
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
    mode = chooser(world.state, depth)
    with world.tmux.client(columns=COLUMNS, rows=ROWS) as terminal:
        terminal.wait_until(lambda screen: "│" in screen.display[0])
        world.tmux("choose-tree", *flags, "-t", "work:0", "-F", TEMPLATE)
        terminal.wait_until(lambda screen: "(0)" in screen.display[0])
        mode.rows(columns=COLUMNS, rows=ROWS, depth=DEPTH)
        for key in keys:
            world.tmux("send-keys", "-t", "work:0", key)
            mode.press(key)
        theirs = terminal.wait_until(lambda _: True)
        world.tmux("send-keys", "-t", "work:0", "q")
    assert looks(picture(mode)) == looks(theirs)


def items(*names: str) -> ChooseMode:
    listed = [Item(name, name, "", f"value of {name}") for name in names]
    return ChooseMode(
        lambda _sort, reverse: listed[::-1] if reverse else listed,
        name="buffer-mode",
        order=Order(("time",)),
    )


def test_enter_chooses_the_current_item() -> None:
    mode = items("one", "two")
    assert mode.press("Down") is None
    assert mode.press("Enter") == Choice(Ending.CHOSEN, "value of two")


def test_a_shortcut_chooses_its_line() -> None:
    mode = items(*map(str, range(12)))
    assert mode.press("3") == Choice(Ending.CHOSEN, "value of 3")
    assert mode.press("M-b") == Choice(Ending.CHOSEN, "value of 11")
    assert mode.press("M-z") is None


@pytest.mark.parametrize("key", ["q", "Escape", "C-g"])
def test_it_can_be_left_without_a_choice(key: str) -> None:
    assert items("one").press(key) == Choice(Ending.CANCELLED)


def test_what_is_not_there_yet_says_so() -> None:
    mode = items("one")
    assert mode.press("/") is None
    assert "search: not supported yet" in picture(mode, rows=10).display[-1]
    mode.press("Down")
    assert "not supported" not in picture(mode, rows=10).display[-1]


def test_the_current_item_stays_current_when_the_items_change() -> None:
    listed = [Item(name, name, "", name) for name in ("one", "two", "three")]
    mode = ChooseMode(lambda _sort, _reverse: listed, name="buffer-mode")
    mode.press("End")
    del listed[0]
    mode.refresh()
    assert mode.current is listed[-1]


def test_without_items_any_key_ends_it() -> None:
    mode = items()
    assert picture(mode, rows=10).display == [" " * COLUMNS] * 10
    assert mode.press("Enter") == Choice(Ending.CANCELLED)


def test_a_click_makes_an_item_current_and_a_second_one_chooses_it() -> None:
    mode = items("one", "two")
    assert mode.click(1) is None
    assert mode.click(5) is None
    assert mode.click(1, twice=True) == Choice(Ending.CHOSEN, "value of two")


def test_no_text_of_an_item_is_read_as_a_style_in_its_name() -> None:
    mode = items("#[bg=red]x")
    assert "#[bg=red]x" in picture(mode, rows=10).display[0]


def test_a_buffer_is_shown_below_the_list() -> None:
    listed = [Item("b", "buffer0", "", "buffer0", preview=text_preview("first\nsecond"))]
    mode = ChooseMode(lambda _sort, _reverse: listed, name="buffer-mode")
    shown = picture(mode).display
    assert shown[20].startswith("┌ buffer0 (sort: index) ─")
    assert shown[21].startswith("│ first ")
    assert shown[22].startswith("│ second ")
