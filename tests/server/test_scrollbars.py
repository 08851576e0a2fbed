"""Scrollbars in a client's picture, and the parts of them that the mouse finds."""

from __future__ import annotations

import pytest

from aimux.commands.sizes import fit_windows
from aimux.model.layout_cell import Box
from aimux.protocol.picture_messages import Frame
from aimux.protocol.server_messages import Facts, OuterModes
from aimux.server.attachment import Attachment
from aimux.server.covering import Strip
from aimux.server.mouse_places import place_at
from aimux.server.painter import Painter
from aimux.server.patched_rows import PatchedRows
from aimux.server.picture import GUTTERS
from tests.commands.test_overlays import Desk
from tests.server.test_attachment import Wire
from tests.server.world import World

BAR = "\x1b[37;40m \x1b[m"
SLIDER = "\x1b[30;47m \x1b[m"


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.run("set -g pane-scrollbars on")
    return desk


def painter(world: World) -> Painter:
    return Painter(world.state, world.effects, world.client())


def test_a_pane_gives_a_column_to_its_scrollbar(desk: Desk) -> None:
    desk.run("split-window -h ; set -g pane-scrollbars-style 'width=2,pad=1'")
    first, second = desk.world.window.panes
    assert [(pane.column, pane.columns, pane.box) for pane in (first, second)] == [
        (0, 37, Box(0, 0, 40, first.rows)),
        (41, 36, Box(41, 0, 39, first.rows)),
    ]
    desk.run("set -w pane-scrollbars-position left")
    assert [(pane.column, pane.columns) for pane in (first, second)] == [(3, 37), (44, 36)]
    desk.run("set -g pane-scrollbars off")
    assert [(pane.column, pane.columns) for pane in (first, second)] == [(0, 40), (41, 39)]


def test_panes_are_found_beside_scrollbars(desk: Desk) -> None:
    desk.run("split-window -h ; display-message -p '#{pane_index} #{pane_at_right}'")
    for flag in "LLRR":
        desk.run(f"select-pane -{flag} ; display-message -p '#{{pane_index}}'")
    assert desk.asker.said == ["1 1", "0", "1", "0", "1"]


def test_the_alternate_screen_has_none(desk: Desk) -> None:
    pane = desk.world.pane
    pane.screen.feed(b"\x1b[?1049h")
    fit_windows(desk.world.state)
    assert (pane.columns, pane.scrollbar) == (80, None)
    pane.screen.feed(b"\x1b[?1049l")
    fit_windows(desk.world.state)
    assert pane.columns == 79


def test_a_modal_one_comes_with_copy_mode(desk: Desk) -> None:
    desk.run("set -g pane-scrollbars modal ; copy-mode")
    fit_windows(desk.world.state)
    assert desk.world.pane.columns == 79
    desk.run("send-keys -X cancel ; choose-buffer")
    fit_windows(desk.world.state)
    assert desk.world.pane.columns == 80


def test_the_slider_stands_at_the_end_and_follows_copy_mode(desk: Desk) -> None:
    world, pane = desk.world, desk.world.pane
    pane.screen.feed(b"\r\n" * (2 * pane.rows - 1))
    view = painter(world)
    (placed,) = view.picture().placed
    assert placed.gutter == Box(79, 0, 1, pane.rows)
    half = pane.rows // 2
    assert view.scrollbar(placed) == [BAR] * (pane.rows - half) + [SLIDER] * half
    desk.run("copy-mode ; send-keys -X history-top")
    assert view.scrollbar(placed) == [SLIDER] * half + [BAR] * (pane.rows - half)


def test_a_style_without_two_colours_reverses_the_slider(desk: Desk) -> None:
    desk.run("set -g pane-scrollbars-style default")
    view = painter(desk.world)
    (placed,) = view.picture().placed
    assert view.scrollbar(placed)[0] == "\x1b[7m \x1b[m"


def test_the_mouse_finds_the_parts(desk: Desk) -> None:
    desk.run("set -g pane-scrollbars-style 'width=1,pad=1'")
    world, pane = desk.world, desk.world.pane
    pane.screen.feed(b"\r\n" * (2 * pane.rows - 1))
    desk.run("copy-mode -u")
    picture = painter(world).picture()

    def where(column: int, row: int) -> str:
        place = place_at(world.session, picture, (), column=column, row=row)
        assert place.mouse.pane is pane
        return place.where

    assert [where(79, row) for row in (0, 5, pane.rows - 1)] == [
        "ScrollbarUp",
        "ScrollbarSlider",
        "ScrollbarDown",
    ]
    assert where(78, 5) == where(77, 5) == "Pane"


def test_a_client_is_sent_only_the_rows_of_it_that_changed(desk: Desk) -> None:
    world, pane = desk.world, desk.world.pane
    attachment = Attachment(
        desk.client,
        painter(world),
        outer=lambda: OuterModes(mouse=0, kitty_flags=0, escape_seconds=0.025),
        facts=lambda: Facts("%0", "0", "/tmp", (), ()),
        title=lambda: "",
    )
    wire = Wire()
    attachment.connect(wire)

    def beside(frame: Frame) -> list[int]:
        """The rows of the scrollbar that a frame brings."""
        attachment.acknowledge(frame.number)
        number = GUTTERS + pane.id
        return [row for one in frame.panes if one.pane == number for row, _ in one.rows]

    assert beside(wire.frames()[0]) == [*range(pane.rows)]
    pane.screen.feed(b"one")
    attachment.flush(pane)
    assert beside(wire.frames()[0]) == []
    pane.screen.feed(b"\r\n" * (pane.rows + 1))
    attachment.flush(pane)
    changed = beside(wire.frames()[0])
    assert 0 < len(changed) < pane.rows


def test_what_lies_over_a_scrollbar_is_drawn_in_its_place(desk: Desk) -> None:
    desk.run("display-menu -x 56 -y 2 Wide-enough-to-reach 1 ''")
    view = Painter(desk.world.state, desk.world.effects, desk.client)
    picture = view.picture()
    (placed,) = picture.placed
    beside = {row: (Strip(79, 1, text),) for row, text in enumerate(view.scrollbar(placed))}
    bare = dict(PatchedRows().changed(picture, {}, 256, beside=beside))
    assert bare[0].endswith(SLIDER)
    over = view.over(picture)
    covered = dict(PatchedRows().changed(picture, over, 256, beside=beside))
    assert "Wide" in covered[1]
    assert not covered[1].endswith(SLIDER)
