"""Layouts: the same steps in tmux 3.3a and here must give the same sizes, always."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.layout import Box, Direction, Layout
from aimux.model.layout_presets import PRESETS, PresetSizes, preset
from aimux.model.layout_string import dump, parse_layout
from tests.real_tmux import RealTmux, TmuxHangs

STEPS = 40
SIZES = ((80, 24), (200, 60), (31, 11), (120, 40))
SMALL_SIZES = ((10, 5), (300, 20))
MAX_PANES = 14
LEFT_RIGHT, TOP_BOTTOM = Direction.LEFT_RIGHT, Direction.TOP_BOTTOM


def single(columns: int = 80, rows: int = 24, border_status: str = "off") -> Layout:
    return Layout.single(PaneId(0), columns=columns, rows=rows, border_status=border_status)


class Pair:
    """A window of the real tmux, and a layout that goes through the same."""

    def __init__(self, tmux: RealTmux, seed: int) -> None:
        self.tmux = tmux
        self.random = random.Random(seed)  # noqa: S311  # the same sequence every time
        self.columns, self.rows = self.random.choice(SIZES)
        status = self.random.choice(("off", "off", "top", "bottom"))
        tmux.start(
            *(";", "set-option", "-g", "pane-border-status", status),
            *(";", "set-option", "-g", "window-size", "manual"),
            columns=self.columns,
            rows=self.rows,
        )
        self.layout = Layout.single(
            PaneId(0), columns=self.columns, rows=self.rows, border_status=status
        )

    def step(self) -> str:
        """One random change of both; what it was."""
        change = self.random.choice(CHANGES)
        change(self, self.random.choice(self.layout.panes()))
        return change.__name__

    def compare(self) -> None:
        answer = self.tmux(
            "display-message", "-p", "#{window_layout} #{window_width} #{window_height}"
        )
        text, columns, rows = answer.split()
        if (int(columns), int(rows)) != (self.columns, self.rows):
            # tmux took back the size that the window was given by hand.
            self.columns, self.rows = int(columns), int(rows)
            self.layout.resize(columns=self.columns, rows=self.rows)
        assert dump(self.layout) == text
        boxes = "#{pane_id} #{pane_left} #{pane_top} #{pane_width} #{pane_height}"
        theirs = self.tmux("list-panes", "-F", boxes).splitlines()
        ours = [
            f"%{pane} {box.column} {box.row} {box.columns} {box.rows}"
            for pane, box in self.layout.boxes().items()
        ]
        assert sorted(ours) == sorted(theirs)

    def take_size(self) -> None:
        self.columns, self.rows = self.layout.columns, self.layout.rows

    # ---- the changes ----

    def split(self, target: PaneId) -> None:
        if len(self.layout.panes()) >= MAX_PANES:
            return
        direction = self.random.choice(list(Direction))
        size = self.random.choice((None, None, 1, 3, 5, 10, 30, 200))
        before, full = self.random.random() < 0.4, self.random.random() < 0.3
        words = ["-h"] if direction is LEFT_RIGHT else ["-v"]
        words += [] if size is None else ["-l", str(size)]
        words += ["-b"] * before + ["-f"] * full
        status, output = self.tmux.run(
            "split-window", "-t", f"%{target}", "-P", "-F", "#{pane_id}", *words, "cat"
        )
        new = PaneId(int(output.removeprefix("%"))) if status == 0 else PaneId(-1)
        refused = ""
        try:
            self.layout.split(target, new, direction=direction, size=size, before=before, full=full)
        except LayoutError as error:
            refused = str(error)
        assert refused == ("" if status == 0 else output)

    def resize_pane_to(self, target: PaneId) -> None:
        direction = self.random.choice(list(Direction))
        size = self.random.choice((1, 2, 5, 10, 40, 300))
        flag = "-x" if direction is LEFT_RIGHT else "-y"
        self.tmux("resize-pane", "-t", f"%{target}", flag, str(size))
        box, status = self.layout.boxes()[target], self.layout.border_status
        at_top = status == "top" and box.row == 1
        at_bottom = status == "bottom" and box.row + box.rows == self.rows - 1
        # resize-pane counts the rows that the program has.
        size += direction is TOP_BOTTOM and (at_top or at_bottom)
        self.layout.resize_pane_to(target, direction, size)

    def resize_pane_by(self, target: PaneId) -> None:
        flag, cells = self.random.choice("LRUD"), self.random.choice((1, 2, 5, 20))
        self.tmux("resize-pane", "-t", f"%{target}", f"-{flag}", str(cells))
        direction = LEFT_RIGHT if flag in "LR" else TOP_BOTTOM
        self.layout.resize_pane_by(target, direction, -cells if flag in "LU" else cells)

    def close(self, target: PaneId) -> None:
        if len(self.layout.panes()) > 1:
            self.tmux("kill-pane", "-t", f"%{target}")
            self.layout.close(target)

    def select_preset(self, _: PaneId) -> None:
        if len(self.layout.panes()) == 1:
            return
        sizes = PresetSizes(
            main_width=self.random.choice(("80", "20", "30%", "100%", "x")),
            main_height=self.random.choice(("24", "5", "50%")),
            other_width=self.random.choice(("0", "10", "20%")),
            other_height=self.random.choice(("0", "3", "20%")),
        )
        for option, value in (
            ("main-pane-width", sizes.main_width),
            ("main-pane-height", sizes.main_height),
            ("other-pane-width", sizes.other_width),
            ("other-pane-height", sizes.other_height),
        ):
            self.tmux("set-option", "-g", option, value)
        name = self.random.choice(list(PRESETS))
        self.tmux("select-layout", name)
        self.layout = preset(
            name,
            self.layout.panes(),
            columns=self.columns,
            rows=self.rows,
            sizes=sizes,
            border_status=self.layout.border_status,
        )
        self.take_size()

    def swap(self, target: PaneId) -> None:
        other = self.random.choice(self.layout.panes())
        if other != target:
            self.tmux("swap-pane", "-d", "-s", f"%{target}", "-t", f"%{other}")
            self.layout.swap(target, other)

    def resize_window(self, _: PaneId) -> None:
        self.columns, self.rows = self.random.choice(SIZES + SMALL_SIZES)
        self.tmux("resize-window", "-x", str(self.columns), "-y", str(self.rows))
        self.layout.resize(columns=self.columns, rows=self.rows)

    def spread(self, target: PaneId) -> None:
        self.tmux("select-layout", "-E", "-t", f"%{target}")
        self.layout.spread(target)

    def parse(self, _: PaneId) -> None:
        text = dump(self.layout)
        self.tmux("select-layout", text)
        status = self.layout.border_status
        self.layout = parse_layout(text, self.layout.panes(), border_status=status)
        self.take_size()


CHANGES: tuple[Callable[[Pair, PaneId], None], ...] = (
    Pair.split,
    Pair.split,
    Pair.split,
    Pair.resize_pane_to,
    Pair.resize_pane_by,
    Pair.resize_pane_by,
    Pair.close,
    Pair.select_preset,
    Pair.swap,
    Pair.resize_window,
    Pair.spread,
    Pair.parse,
)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[RealTmux]:
    real = RealTmux(tmp_path / "tmux")
    yield real
    real.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(12))
def test_every_step_gives_the_layout_that_tmux_has(tmux: RealTmux, seed: int) -> None:
    pair = Pair(tmux, seed)
    done = []
    for _ in range(STEPS):
        try:
            done.append(pair.step())
        except TmuxHangs:
            assert done, "tmux hung at once"
            return
        pair.compare()


def test_half_of_an_even_size_goes_to_the_new_pane_less_the_border() -> None:
    layout = single()
    layout.split(PaneId(0), PaneId(1), direction=LEFT_RIGHT)
    assert layout.boxes() == {0: Box(0, 0, 40, 24), 1: Box(41, 0, 39, 24)}


def test_a_pane_of_two_columns_cannot_be_split() -> None:
    layout = single(columns=2)
    with pytest.raises(LayoutError, match=r"^no space for new pane$"):
        layout.split(PaneId(0), PaneId(1), direction=LEFT_RIGHT)
    assert layout.panes() == [0]


def test_a_status_line_at_the_edge_costs_the_panes_there_a_row() -> None:
    layout = single(border_status="top")
    layout.split(PaneId(0), PaneId(1), direction=TOP_BOTTOM)
    assert layout.boxes() == {0: Box(0, 1, 80, 11), 1: Box(0, 13, 80, 11)}
    assert layout.boxes(border_status="off")[PaneId(0)] == Box(0, 0, 80, 12)


def test_closing_the_only_pane_changes_nothing() -> None:
    layout = single()
    layout.close(PaneId(0))
    assert layout.panes() == [0]


def test_a_copy_is_not_changed_with_the_layout() -> None:
    layout = single()
    copy = layout.copy()
    layout.split(PaneId(0), PaneId(1), direction=TOP_BOTTOM)
    assert copy.panes() == [0]


def test_a_dragged_border_follows_the_mouse() -> None:
    layout = single()
    layout.split(PaneId(0), PaneId(1), direction=LEFT_RIGHT)
    assert layout.move_border(40, 5, 30, 5)
    assert layout.boxes()[PaneId(0)].columns == 30
    assert not layout.move_border(10, 5, 12, 5)


def test_spreading_gives_neighbours_one_size() -> None:
    layout = single()
    for new in (1, 2):
        layout.split(PaneId(0), PaneId(new), direction=LEFT_RIGHT)
    assert layout.spread(PaneId(0))
    assert [box.columns for box in layout.boxes().values()] == [26, 26, 26]
    assert not layout.spread(PaneId(0))


@given(st.lists(st.tuples(st.integers(0, 8), st.booleans(), st.booleans()), max_size=12))
def test_panes_never_overlap_and_fill_the_window(splits: list[tuple[int, bool, bool]]) -> None:
    layout = single(columns=60, rows=40)
    for number, (target, beside, full) in enumerate(splits, 1):
        panes = layout.panes()
        direction = LEFT_RIGHT if beside else TOP_BOTTOM
        try:
            layout.split(panes[target % len(panes)], PaneId(number), direction=direction, full=full)
        except LayoutError:
            continue
    cells = [
        (column, row)
        for box in layout.boxes().values()
        for column in range(box.column, box.column + box.columns)
        for row in range(box.row, box.row + box.rows)
    ]
    assert len(cells) == len(set(cells))
    assert all(column < 60 and row < 40 for column, row in cells)
