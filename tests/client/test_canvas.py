"""The picture of the terminal that messages build up."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.client.canvas import Canvas, Slot
from aimux.protocol.picture_messages import Cells, Cursor, Frame, Layout, PaneBox, PaneRows

CURSOR = Cursor(row=1, column=2, visible=True, shape=4)


def layout(generation: int = 1, *, status_rows: tuple[int, ...] = (2,)) -> Layout:
    return Layout(
        generation=generation,
        columns=11,
        rows=3,
        panes=(PaneBox(1, 0, 0, 5, 2, active=True), PaneBox(2, 6, 0, 5, 2, active=False)),
        borders=(Cells(0, 5, 1, "│"), Cells(1, 5, 1, "│")),
        status_rows=status_rows,
    )


def frame(*panes: PaneRows, generation: int = 1, status: tuple[tuple[int, str], ...] = ()) -> Frame:
    return Frame(number=1, generation=generation, panes=panes, status=status, cursor=CURSOR)


def shown(canvas: Canvas, columns: int = 11) -> list[str]:
    """What a terminal shows that is given the canvas's lines one after the other."""
    screen = pyte.Screen(columns, max(canvas.rows, 1))
    stream = pyte.Stream(screen)
    for row in range(canvas.rows):
        stream.feed(f"\x1b[{row + 1};1H{canvas.line(row)[0]}")
    return [line.rstrip() for line in screen.display]


def test_panes_borders_and_status_stand_where_the_layout_says() -> None:
    canvas = Canvas()
    canvas.take_layout(layout())
    change = canvas.take_frame(
        frame(
            PaneRows(1, ((0, "left "),)), PaneRows(2, ((1, "right"),)), status=((0, "status     "),)
        )
    )
    assert change.whole
    assert shown(canvas) == ["left │", "     │right", "status"]
    assert canvas.cursor == CURSOR
    assert canvas.status_rows == (2,)


def test_a_frame_names_the_places_that_it_changed() -> None:
    canvas = Canvas()
    canvas.take_layout(layout())
    canvas.take_frame(frame())
    change = canvas.take_frame(frame(PaneRows(2, ((1, "12345"),)), status=((0, "s" * 11),)))
    assert not change.whole
    assert change.slots == (Slot(1, 6, 5, "12345"), Slot(2, 0, 11, "s" * 11))


def rows_of(canvas: Canvas, pane: int, texts: str, *moves: tuple[int, int, int]) -> list[int]:
    """Send rows of one letter each (`.` sends none) and moves; the rows that are drawn anew."""
    rows = tuple((row, text * 5) for row, text in enumerate(texts) if text != ".")
    change = canvas.take_frame(frame(PaneRows(pane, rows, moves)))
    return sorted(slot.row for slot in change.slots)


@pytest.fixture
def tall() -> Canvas:
    """Two panes of four rows, `abcd` in the first, and no status line."""
    canvas = Canvas()
    panes = (PaneBox(1, 0, 0, 5, 4, active=True), PaneBox(2, 5, 0, 5, 4, active=False))
    canvas.take_layout(Layout(1, 10, 4, panes, (), ()))
    rows_of(canvas, 1, "abcd")
    return canvas


def letters(canvas: Canvas) -> str:
    return "".join(line[:1] or " " for line in shown(canvas))


def test_rows_that_moved_are_drawn_where_they_stand_now(tall: Canvas) -> None:
    assert rows_of(tall, 1, "...e", (1, 0, 3)) == [0, 1, 2, 3]
    assert letters(tall) == "bcde"


def test_rows_may_change_places(tall: Canvas) -> None:
    rows_of(tall, 1, "", (2, 0, 2), (0, 2, 2))
    assert letters(tall) == "cdab"


def test_moves_are_of_one_pane_only(tall: Canvas) -> None:
    rows_of(tall, 2, "zyxw", (1, 0, 3))
    assert letters(tall) == "abcd"


def test_a_row_that_is_moved_over_its_like_is_not_drawn(tall: Canvas) -> None:
    rows_of(tall, 1, "aaab")
    assert rows_of(tall, 1, "...c", (1, 0, 3)) == [2, 3]
    assert letters(tall) == "aabc"


def test_blank_rows_move_too(tall: Canvas) -> None:
    rows_of(tall, 2, "z...")
    assert rows_of(tall, 2, "", (1, 0, 3)) == [0]
    assert shown(tall)[0] == "aaaaa"


def test_moves_from_or_to_nowhere_do_nothing(tall: Canvas) -> None:
    moves = ((-1, 0, 2), (0, -1, 2), (9, 0, 1), (0, 9, 1), (0, 1, -5), (0, 0, 10**12))
    assert rows_of(tall, 1, "", *moves) == []
    assert rows_of(tall, 1, "", (0, 2, 10**12)) == [2, 3]
    assert letters(tall) == "abab"


def test_what_stands_behind_erased_cells_stands_in_its_column() -> None:
    canvas = Canvas()
    canvas.take_layout(layout())
    canvas.take_frame(
        frame(PaneRows(1, ((0, "\x1b[31ma\x1b[m\x1b[4X"),)), PaneRows(2, ((0, "right"),)))
    )
    assert shown(canvas)[0] == "a    │right"
    assert canvas.line(0)[1] == 11


def test_what_stands_behind_an_emoji_stands_in_its_column() -> None:
    canvas = Canvas()
    canvas.take_layout(layout())
    text = "\x1b[2X👍\x1b[3Gx\x1b[2X"
    change = canvas.take_frame(frame(PaneRows(1, ((0, text),)), PaneRows(2, ((0, text),))))
    assert change.whole
    assert canvas.line(0)[0] == ("\x1b[2X👍\x1b[3Gx\x1b[2X\x1b[2C│\x1b[2X👍\x1b[9Gx\x1b[2X\x1b[2C")
    (slot,) = canvas.take_frame(frame(PaneRows(2, ((1, text),)))).slots
    assert slot.drawn() == "\x1b[2X👍\x1b[9Gx\x1b[2X"
    assert slot.drawn(10) == "\x1b[2X👍\x1b[19Gx\x1b[2X"
    assert canvas.line(0, 10)[0].startswith("\x1b[2X👍\x1b[13Gx")


def test_a_layout_comes_into_force_with_its_first_frame() -> None:
    canvas = Canvas()
    canvas.take_layout(layout())
    canvas.take_frame(frame(PaneRows(1, ((0, "old  "),))))
    canvas.take_layout(layout(2))
    assert shown(canvas)[0] == "old  │"
    assert not canvas.take_frame(frame(generation=1)).whole
    assert canvas.take_frame(frame(PaneRows(1, ((0, "new  "),)), generation=2)).whole
    assert shown(canvas)[0] == "new  │"


def test_rows_of_another_layout_are_dropped() -> None:
    canvas = Canvas()
    canvas.take_layout(layout(2))
    canvas.take_frame(frame(generation=2))
    change = canvas.take_frame(frame(PaneRows(1, ((0, "stale"),)), generation=1))
    assert change.slots == ()
    assert "stale" not in shown(canvas)[0]


def test_what_lies_outside_of_the_layout_is_dropped() -> None:
    canvas = Canvas()
    canvas.take_layout(layout(status_rows=(-1, 2, 9999)))
    rows = PaneRows(1, ((7, "x"), (-1, "y")))
    change = canvas.take_frame(frame(rows, PaneRows(99, ((0, "z"),)), status=((5, "s"),)))
    assert canvas.status_rows == (2,)
    assert change.whole
    assert canvas.take_frame(frame(rows)).slots == ()


numbers = st.integers(-5, 10_000)
boxes = st.builds(PaneBox, numbers, numbers, numbers, numbers, numbers, st.booleans())
layouts = st.builds(
    Layout,
    generation=st.just(1),
    columns=numbers,
    rows=numbers,
    panes=st.lists(boxes, max_size=4).map(tuple),
    borders=st.lists(st.builds(Cells, numbers, numbers, numbers, st.text()), max_size=4).map(tuple),
    status_rows=st.lists(numbers, max_size=3).map(tuple),
)


@given(
    layouts,
    st.lists(st.tuples(numbers, st.text()), max_size=5).map(tuple),
    st.lists(st.tuples(numbers, numbers, numbers), max_size=5).map(tuple),
)
def test_no_layout_and_no_frame_is_too_strange(
    odd: Layout, rows: tuple[tuple[int, str], ...], moves: tuple[tuple[int, int, int], ...]
) -> None:
    canvas = Canvas()
    canvas.take_layout(odd)
    panes = (PaneRows(box.pane, rows, moves) for box in odd.panes)
    canvas.take_frame(frame(*panes, status=rows))
    for row in (-1, 0, 5, 4095, 10_000):
        canvas.line(row)
