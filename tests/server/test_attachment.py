"""What an attached client is sent: differences only, and nothing while it does not read."""

from __future__ import annotations

import pytest

from aimux.protocol.framing import server_decoder
from aimux.protocol.message import Message
from aimux.protocol.picture_messages import Frame, Layout
from aimux.protocol.server_messages import (
    Facts,
    Look,
    OuterModes,
    SidebarSettings,
    TitleSet,
    Welcome,
)
from aimux.server.attachment import MAX_UNSEEN_FRAMES, Attachment
from aimux.server.painter import Painter
from tests.server.world import World, make_world


class Wire:
    """What was sent, decoded."""

    def __init__(self) -> None:
        self._decoder = server_decoder()
        self.messages: list[Message] = []

    def __call__(self, data: bytes) -> None:
        self.messages += self._decoder.feed(data)

    def take(self, kind: type[Message] = Message) -> list[Message]:
        taken = [one for one in self.messages if isinstance(one, kind)]
        self.messages.clear()
        return taken

    def frames(self) -> list[Frame]:
        return [one for one in self.take(Frame) if isinstance(one, Frame)]


@pytest.fixture
def world() -> World:
    return make_world(columns=80, rows=23)


@pytest.fixture
def attachment(world: World) -> Attachment:
    client = world.client()
    return Attachment(
        client,
        Painter(world.state, world.effects, client),
        outer=lambda: OuterModes(mouse=0, kitty_flags=0, escape_seconds=0.025),
        facts=lambda: Facts("%0", "0", "/tmp", (), ()),
        title=lambda: "",
    )


@pytest.fixture
def wire(attachment: Attachment) -> Wire:
    wire = Wire()
    attachment.connect(wire)
    return wire


def rows_of(frame: Frame) -> dict[int, str]:
    return {row: text for pane in frame.panes for row, text in pane.rows}


def test_a_new_client_is_greeted_and_sent_everything(wire: Wire) -> None:
    kinds = [type(message) for message in wire.messages]
    assert kinds == [Welcome, Layout, OuterModes, SidebarSettings, Look, TitleSet, Frame, Facts]
    frame = next(one for one in wire.messages if isinstance(one, Frame))
    assert sorted(rows_of(frame)) == list(range(23))
    assert [index for index, _ in frame.status] == [0]


def test_only_rows_that_changed_are_sent(world: World, attachment: Attachment, wire: Wire) -> None:
    wire.take()
    world.pane.screen.feed(b"one\r\ntwo")
    attachment.flush(world.pane)
    (frame,) = wire.frames()
    assert list(rows_of(frame)) == [0, 1]
    assert rows_of(frame)[0].startswith("one")
    assert (frame.cursor.row, frame.cursor.column) == (1, 3)


def test_nothing_is_sent_when_nothing_changed(attachment: Attachment, wire: Wire) -> None:
    wire.take()
    attachment.flush()
    assert wire.take() == []


def test_a_client_that_does_not_read_is_sent_two_frames_and_then_the_newest_state(
    world: World, attachment: Attachment, wire: Wire
) -> None:
    (first,) = wire.frames()
    attachment.acknowledge(first.number)
    for number in range(50):
        world.pane.screen.feed(b"\x1b[H%d" % number)
        attachment.flush(world.pane)
    frames = wire.frames()
    assert len(frames) == MAX_UNSEEN_FRAMES
    attachment.acknowledge(frames[-1].number)
    (last,) = wire.frames()
    assert rows_of(last)[0].startswith("49")


def test_an_acknowledgement_of_a_frame_that_was_never_sent_counts_for_nothing(
    world: World, attachment: Attachment, wire: Wire
) -> None:
    attachment.acknowledge(10_000)
    wire.take()
    for number in range(10):
        world.pane.screen.feed(b"\x1b[H%d" % number)
        attachment.flush(world.pane)
    assert len(wire.frames()) == MAX_UNSEEN_FRAMES


def test_a_message_covers_the_status_line(world: World, attachment: Attachment, wire: Wire) -> None:
    wire.take()
    attachment.client.message = "hello there"
    attachment.layout_changed()
    attachment.flush()
    (frame,) = wire.frames()
    assert "hello there" in frame.status[0][1]
    assert not rows_of(frame)


def test_the_first_paint_places_every_row(world: World, attachment: Attachment) -> None:
    world.pane.screen.feed(b"shell$ ")
    paint = attachment.first_paint()
    assert "\x1b[1;1Hshell$" in paint
    assert "\x1b[24;1H" in paint
    assert paint.endswith("\x1b[1;8H\x1b[?25h")


def test_a_program_that_moves_the_cursor_out_of_sight_moves_what_is_seen(
    world: World, attachment: Attachment, wire: Wire
) -> None:
    world.window.resize(columns=160, rows=50)
    attachment.layout_changed()
    attachment.flush()
    attachment.acknowledge(1000)
    wire.take()
    world.pane.screen.feed(b"\x1b[5;5H")
    attachment.flush(world.pane)
    attachment.acknowledge(1000)
    assert wire.take(Layout) == []
    world.pane.screen.feed(b"\x1b[50;160Hx")
    attachment.flush(world.pane)
    sent = wire.take()
    assert [type(one) for one in sent] == [Layout, Frame]
    frame = sent[-1]
    assert isinstance(frame, Frame)
    assert (frame.cursor.row, frame.cursor.column) == (22, 79)
