"""Painting an area leaves the terminal as if every cell of the canvas had been written."""

from __future__ import annotations

import random

import pytest

from aimux.client import sequences
from aimux.client.canvas import Area, Canvas, Slot
from aimux.client.painting import Ability, painted
from aimux.protocol.picture_messages import Cells, Cursor, Frame, Layout, PaneBox, PaneRows
from aimux.server.damage import damage
from aimux.vt.engine import Engine
from aimux.vt.render import render_row

CURSOR = Cursor(0, 0, visible=True, shape=0)
WORDS = ("ls", "\x1b[34mcards\x1b[m", "日本", "👍", "│", "\x1b[7mwarn\x1b[m", "naïve", "    ")
ROWS, COLUMNS = 12, 30


class Outer:
    """A terminal on which a canvas is drawn."""

    def __init__(self, columns: int) -> None:
        self.engine = Engine(columns, ROWS, history_limit=0)
        self.engine.feed(b"\x1b[?7l")

    def show(self, text: str) -> None:
        self.engine.feed(text.encode())

    @property
    def rows(self) -> list[str]:
        return [render_row(row, self.engine.columns) for row in self.engine.rows]


def redrawn(canvas: Canvas, columns: int) -> list[str]:
    """What a terminal shows that is given the whole canvas."""
    outer = Outer(columns)
    for row in range(ROWS):
        outer.show(sequences.place(row, 0, canvas.line(row)[0]))
    return outer.rows


class Program:
    """Writes at random on a screen of its own; its rows are sent as the server sends them."""

    def __init__(self, pane: int, columns: int, chance: random.Random) -> None:
        self.pane = pane
        self._chance = chance
        self._screen = Engine(columns, ROWS, history_limit=0)
        self._sent: list[tuple[object, int]] = []

    def step(self) -> PaneRows:
        for _ in range(self._chance.randrange(1, 4)):
            self._screen.feed(self._written().encode())
        rows = self._screen.rows
        keys: list[tuple[object, int]] = [(row, row.version) for row in rows]
        moves, changed = damage(self._sent, keys)
        self._sent = keys
        columns = self._screen.columns
        texts = tuple((index, render_row(rows[index], columns)) for index in changed)
        return PaneRows(self.pane, texts, moves)

    def _written(self) -> str:
        chance = self._chance
        words = "".join(chance.choices(WORDS, k=chance.randrange(1, 8)))
        top = chance.randrange(1, ROWS - 2)
        bottom = chance.randrange(top + 1, ROWS)
        place = f"\x1b[{chance.randrange(1, ROWS + 1)};{chance.randrange(1, COLUMNS)}H"
        return chance.choice(
            (
                f"\r\n{words}",
                f"\r\n{words}\r\n{words}",
                f"{place}{words}",
                f"\x1b[{top};{bottom}r\x1b[{top}H\x1bM{words}\x1b[r{place}",
                f"{place}\x1b[{chance.choice('LMJKST')}",
            )
        )


@pytest.mark.parametrize("has_margins", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_the_terminal_shows_the_canvas_whatever_programs_draw(
    seed: int, *, has_margins: bool
) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same each time
    whole = seed % 2 == 0
    boxes = [PaneBox(1, 0, 0, COLUMNS, ROWS, active=True)]
    columns = COLUMNS
    borders: tuple[Cells, ...] = ()
    if not whole:
        boxes.append(PaneBox(2, COLUMNS + 1, 0, COLUMNS, ROWS, active=False))
        columns = 2 * COLUMNS + 1
        borders = tuple(Cells(row, COLUMNS, 1, "│") for row in range(ROWS))
    canvas, outer = Canvas(), Outer(columns)
    canvas.take_layout(Layout(1, columns, ROWS, tuple(boxes), borders, ()))
    canvas.take_frame(Frame(0, 1, (), (), CURSOR))
    for row in range(ROWS):
        outer.show(sequences.place(row, 0, canvas.line(row)[0]))
    programs = [Program(box.pane, COLUMNS, chance) for box in boxes]
    for number in range(120):
        change = canvas.take_frame(Frame(number, 1, (chance.choice(programs).step(),), (), CURSOR))
        ability = Ability(columns, has_margins=has_margins)
        outer.show("".join(painted(area, ability) for area in change.areas))
        assert outer.rows == redrawn(canvas, columns)


def scrolled(*, column: int = 0, text: str = "the quick brown fox {}") -> Area:
    """Twelve rows that went up by one."""
    texts = [text.format(number).ljust(COLUMNS) for number in range(ROWS + 1)]
    slots = tuple(Slot(row, column, COLUMNS, texts[row + 1]) for row in range(ROWS))
    return Area(slots, tuple(texts[:ROWS]), tuple(range(ROWS)), ((1, 0, ROWS - 1),))


def test_a_pane_of_the_whole_width_is_scrolled() -> None:
    written = painted(scrolled(), Ability(COLUMNS, has_margins=False))
    assert written.startswith("\x1b[1;12r\x1b[12;1H\n\x1b[r\x1b[12;1Hthe quick brown fox 12")
    assert len(written) < 70


def test_a_pane_beside_others_is_scrolled_only_between_margins() -> None:
    area = scrolled(column=40)
    assert "\x1b[?69h\x1b[41;70s" in painted(area, Ability(100, has_margins=True))
    assert "\x1b[1;12r" not in painted(area, Ability(100, has_margins=False))


def test_what_costs_less_to_write_is_not_scrolled() -> None:
    slots = tuple(Slot(row, 0, COLUMNS, text) for row, text in enumerate("bc"))
    area = Area(slots, ("a", "b"), (0, 1), ((1, 0, 1),))
    assert painted(area, Ability(COLUMNS, has_margins=False)) == "\x1b[1;1Hb\x1b[2;1Hc"


def test_nothing_scrolls_below_an_overlay() -> None:
    canvas = Canvas()
    boxes = (PaneBox(-1, 0, 2, COLUMNS, 3, active=False), PaneBox(1, 0, 0, COLUMNS, 8, active=True))
    canvas.take_layout(Layout(1, COLUMNS, ROWS, boxes, (), ()))
    canvas.take_frame(Frame(1, 1, (), (), CURSOR))
    rows = tuple((row, f"a row with words {row}") for row in range(8))
    canvas.take_frame(Frame(2, 1, (PaneRows(1, rows),), (), CURSOR))
    moved = PaneRows(1, (), ((5, 0, 3),))
    change = canvas.take_frame(Frame(3, 1, (moved,), (), CURSOR))
    assert [area.moves for area in change.areas] == [()]
