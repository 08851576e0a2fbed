"""Borders: the cells beside the panes are those that an attached tmux 3.3a draws."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyte
import pytest

from aimux.ids import PaneId
from aimux.model.border_places import pane_at
from aimux.model.borders import BorderView, Piece, border_cells
from aimux.model.layout import Box
from tests.real_tmux import RealTmux

COLUMNS, ROWS = 60, 20
LEFT, RIGHT = PaneId(0), PaneId(1)
SIDE_BY_SIDE = BorderView({LEFT: Box(0, 0, 3, 4), RIGHT: Box(4, 0, 3, 4)}, LEFT, 7, 4)
Cell = tuple[str, str, bool]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[RealTmux]:
    real = RealTmux(tmp_path / "tmux")
    yield real
    real.close()


def unstyled(_pane: PaneId | None, _reverse: bool) -> str:
    return ""


def picture(pieces: list[Piece], *, columns: int, rows: int) -> pyte.Screen:
    screen = pyte.Screen(columns, rows + 1)
    stream = pyte.Stream(screen)
    for piece in pieces:
        stream.feed(f"\x1b[{piece.row + 1};{piece.column + 1}H{piece.text}")
    return screen


def draw(view: BorderView, *, columns: int, rows: int) -> list[str]:
    pieces = border_cells(view, columns=columns, rows=rows, style_for=unstyled)
    screen = picture(pieces, columns=columns, rows=rows)
    return [line.rstrip() for line in screen.display[:rows]]


def looks(view: BorderView, screen: pyte.Screen) -> dict[tuple[int, int], Cell]:
    return {
        (row, column): (cell.data, cell.fg, cell.reverse)
        for row in range(ROWS - 1)
        for column in range(COLUMNS)
        if pane_at(view.boxes, column, row) is None
        for cell in (screen.buffer[row][column],)
    }


class Window:
    """A random window of the real tmux."""

    def __init__(self, tmux: RealTmux, seed: int) -> None:
        self.tmux = tmux
        self.random = random.Random(seed)  # noqa: S311  # the same sequence every time
        choose = self.random.choice
        self.lines = choose(("single", "double", "heavy", "simple", "number"))
        self.indicators = choose(("off", "colour", "arrows", "both"))
        self.status = choose(("off", "off", "top", "bottom"))
        options = {
            "pane-border-lines": self.lines,
            "pane-border-indicators": self.indicators,
            "pane-border-status": self.status,
            "pane-active-border-style": "fg=red",
            "pane-border-style": "fg=green",
            "pane-border-format": "#{s/%//:pane_id}X",
            "status-style": "bg=blue",
            "status-left": "ready",
        }
        words = [
            word for name, value in options.items() for word in (";", "set", "-g", name, value)
        ]
        tmux.start(*words, columns=COLUMNS, rows=ROWS, command="sleep 1000")
        for _ in range(choose((0, 1, 1, 2, 4, 7))):
            tmux("split-window", "-t", choose(self.ids()), choose(("-h", "-v")), "sleep 1000")
        tmux("select-pane", "-t", choose(self.ids()))
        self.marked = choose(self.ids()) if self.random.random() < 0.3 else None
        if self.marked is not None:
            tmux("select-pane", "-m", "-t", self.marked)
        if self.random.random() < 0.4:
            tmux("set-option", "-w", "window-size", "manual")
            size = (str(self.random.randint(30, 58)), str(self.random.randint(10, 17)))
            tmux("resize-window", "-x", size[0], "-y", size[1])

    def ids(self) -> list[str]:
        return self.tmux("list-panes", "-F", "#{pane_id}").split()

    def view(self) -> BorderView:
        fields = "pane_id pane_left pane_top pane_width pane_height pane_index pane_active"
        template = " ".join(f"#{{{field}}}" for field in fields.split())
        boxes, indexes, active = {}, {}, LEFT
        for line in self.tmux("list-panes", "-F", template).splitlines():
            identity, *numbers = line.split()
            pane = PaneId(int(identity.removeprefix("%")))
            column, row, columns, rows, indexes[pane], is_active = map(int, numbers)
            boxes[pane] = Box(column, row, columns, rows)
            active = pane if is_active else active
        size = self.tmux("display-message", "-p", "#{window_width} #{window_height}").split()
        marked = None if self.marked is None else PaneId(int(self.marked.removeprefix("%")))
        return BorderView(
            boxes,
            active,
            int(size[0]),
            int(size[1]),
            indexes,
            lines=self.lines,
            indicators=self.indicators,
            border_status=self.status,
            marked=marked,
        )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [*range(8), 10, 13, 16, 21])
def test_every_cell_is_drawn_as_by_tmux(tmux: RealTmux, seed: int) -> None:
    window = Window(tmux, seed)
    theirs = tmux.shown(
        columns=COLUMNS, rows=ROWS, until=lambda screen: "ready" in screen.display[-1]
    )
    view = window.view()

    def style(pane: PaneId | None, reverse: bool) -> str:
        return f"\x1b[{31 if pane == view.active else 32}{';7' if reverse else ''}m"

    def status(pane: PaneId, under: str) -> str:
        text = f"{pane}X"[: len(under)]
        return f"{style(pane, False)}{text}{under[len(text) :]}\x1b[0m"

    pieces = border_cells(view, columns=COLUMNS, rows=ROWS - 1, style_for=style, status_for=status)
    ours = picture(pieces, columns=COLUMNS, rows=ROWS)
    assert looks(view, ours) == looks(view, theirs)


def test_dots_fill_what_the_window_does_not() -> None:
    assert draw(SIDE_BY_SIDE, columns=9, rows=6) == [
        "   │   │·",
        "   │   │·",
        "   │   │·",
        "   │   │·",
        "───┴───┘·",
        "·········",
    ]


def test_half_of_the_border_between_two_panes_is_the_active_ones() -> None:
    owners: list[PaneId | None] = []

    def note(pane: PaneId | None, reverse: bool) -> str:
        owners.append(pane)
        return ""

    border_cells(SIDE_BY_SIDE, columns=7, rows=4, style_for=note)
    assert owners == [LEFT, LEFT, LEFT, RIGHT]
    owners.clear()
    border_cells(replace(SIDE_BY_SIDE, indicators="off"), columns=7, rows=4, style_for=note)
    assert owners == [LEFT] * 4


def test_a_client_sees_its_part_of_a_larger_window() -> None:
    view = replace(SIDE_BY_SIDE, offset=(2, 1))
    assert draw(view, columns=4, rows=2) == [" │", " │"]


def test_the_fill_character_stands_for_the_dots() -> None:
    view = replace(SIDE_BY_SIDE, fill="x")
    assert draw(view, columns=9, rows=5)[0] == "   │   │x"


def test_who_needs_a_person_has_a_border_before_all_but_the_active_pane() -> None:
    boxes = {LEFT: Box(0, 0, 3, 4), RIGHT: Box(4, 0, 3, 4), PaneId(3): Box(8, 0, 3, 4)}
    view = BorderView(boxes=boxes, active=PaneId(3), columns=11, rows=4)
    owners: list[PaneId | None] = []

    def note(pane: PaneId | None, reverse: bool) -> str:
        owners.append(pane)
        return ""

    border_cells(replace(view, urgent=frozenset({RIGHT})), columns=11, rows=1, style_for=note)
    assert owners == [RIGHT, PaneId(3)]
    owners.clear()
    border_cells(replace(view, active=RIGHT), columns=11, rows=1, style_for=note)
    border_cells(
        replace(view, urgent=frozenset({RIGHT}), active=LEFT), columns=11, rows=1, style_for=note
    )
    assert owners == [RIGHT, RIGHT, LEFT, RIGHT]


def test_a_label_stands_in_the_border_above_its_pane() -> None:
    low = PaneId(2)
    boxes = {LEFT: Box(0, 0, 7, 2), RIGHT: Box(8, 0, 7, 2), low: Box(0, 3, 15, 2)}
    view = BorderView(boxes, LEFT, 15, 5, labels={LEFT: 3, low: 9})

    def shown(view: BorderView, columns: int) -> list[str]:
        pieces = border_cells(
            view,
            columns=columns,
            rows=5,
            style_for=unstyled,
            status_for=lambda pane, under: f"{pane}{'x' * (len(under) - 1)}",
        )
        return picture(pieces, columns=15, rows=5).display[:5]

    assert [row.rstrip() for row in shown(view, 15)] == [
        "       │",
        "       │",
        "──2xxxxxxxx────",
        "",
        "",
    ]
    # A client that cannot show it whole is shown the line.
    assert shown(view, 9)[2].rstrip() == "───────┴─"
    assert shown(replace(view, offset=(4, 0)), 11)[2].rstrip() == "───┴───────"
    assert shown(replace(view, border_status="top"), 15)[2][2:13] == "2xxxxxxxxxx"
