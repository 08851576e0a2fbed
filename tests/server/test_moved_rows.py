"""After a scroll a client is sent the new rows alone, and shows what one shows that is sent all."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from aimux.client.canvas import Canvas
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.state import CopyOptions
from aimux.protocol.framing import server_decoder
from aimux.protocol.picture_messages import Frame, Layout
from aimux.protocol.server_messages import Facts, OuterModes
from aimux.server.attachment import Attachment
from aimux.server.painter import Painter
from tests.server.world import World, make_world

COLUMNS, ROWS = 200, 50
LINE = b"\r\nthe quick brown fox %d " + b"jumps over the lazy dog " * 7


class Watcher:
    """An attachment and the canvas of its client; acknowledges only what it is told to."""

    def __init__(self, world: World, *, columns: int, rows: int) -> None:
        client = world.client(columns=columns, rows=rows)
        self._decoder = server_decoder()
        self.canvas = Canvas()
        self.frames: list[Frame] = []
        self.received = 0
        self.attachment = Attachment(
            client,
            Painter(world.state, world.effects, client),
            outer=lambda: OuterModes(mouse=0, kitty_flags=0, escape_seconds=0.025),
            facts=lambda: Facts("%0", "0", "/tmp", (), ()),
            title=lambda: "",
        )
        self.attachment.connect(self._receive)

    def _receive(self, data: bytes) -> None:
        self.received += len(data)
        for message in self._decoder.feed(data):
            if isinstance(message, Layout):
                self.canvas.take_layout(message)
            elif isinstance(message, Frame):
                self.canvas.take_frame(message)
                self.frames.append(message)

    def acknowledge(self) -> None:
        """Tell that everything was drawn; what was held back comes at once."""
        if self.frames:
            self.attachment.acknowledge(self.frames[-1].number)

    def catch_up(self) -> None:
        """Read until nothing is held back, after a look at the layout as after a command."""
        self.attachment.layout_changed()
        for _ in range(3):
            self.acknowledge()
            self.attachment.flush()

    def forget(self) -> None:
        self.frames.clear()
        self.received = 0

    def lines(self) -> list[str]:
        return [self.canvas.line(row)[0] for row in range(self.canvas.rows)]


def rows_sent(watcher: Watcher) -> int:
    return sum(len(pane.rows) for frame in watcher.frames for pane in frame.panes)


@pytest.fixture
def world() -> World:
    world = make_world(columns=COLUMNS, rows=ROWS)
    for number in range(2 * ROWS):
        world.pane.screen.feed(LINE % number)
    return world


@pytest.fixture
def watch(world: World) -> Callable[[], Watcher]:
    def start() -> Watcher:
        watcher = Watcher(world, columns=COLUMNS, rows=ROWS + 1)
        watcher.acknowledge()
        watcher.forget()
        return watcher

    return start


def show(world: World, watcher: Watcher, data: bytes) -> None:
    world.pane.screen.feed(data)
    watcher.attachment.flush(world.pane)
    watcher.acknowledge()


def test_one_scrolled_line_sends_one_row(world: World, watch: Callable[[], Watcher]) -> None:
    watcher = watch()
    show(world, watcher, LINE % 1000)
    assert rows_sent(watcher) == 1
    assert watcher.frames[0].panes[0].moves == ((1, 0, ROWS - 1),)
    assert watcher.received < COLUMNS + 100


def test_so_do_the_next_ones_however_many_came_between_two_frames(
    world: World, watch: Callable[[], Watcher]
) -> None:
    watcher = watch()
    show(world, watcher, b"".join(LINE % number for number in range(7)))
    assert rows_sent(watcher) == 7
    for number in range(20):
        show(world, watcher, LINE % number)
    assert rows_sent(watcher) == 27


def test_a_scroll_region_sends_its_new_row_and_nothing_around_it(
    world: World, watch: Callable[[], Watcher]
) -> None:
    world.pane.screen.feed(b"\x1b[11;40r")
    watcher = watch()
    show(world, watcher, b"\x1b[40;1H" + LINE % 1000)
    assert [index for index, _text in watcher.frames[0].panes[0].rows] == [39]
    assert watcher.frames[0].panes[0].moves == ((11, 10, 29),)


def test_lines_put_in_move_the_others_down(world: World, watch: Callable[[], Watcher]) -> None:
    watcher = watch()
    show(world, watcher, b"\x1b[5;1H\x1b[2Lnew")
    assert [index for index, _text in watcher.frames[0].panes[0].rows] == [4, 5]
    assert watcher.frames[0].panes[0].moves == ((4, 6, ROWS - 6),)


def test_what_scrolls_in_copy_mode_moves(world: World, watch: Callable[[], Watcher]) -> None:
    mode = world.pane.mode = CopyMode(world.pane.screen, CopyOptions())
    watcher = watch()
    for _ in range(10):
        mode.command("scroll-up")
        watcher.attachment.flush(world.pane)
        watcher.acknowledge()
    # The new row, and the two that the position in the corner stands or stood in.
    assert rows_sent(watcher) <= 3 * 10


def test_a_client_that_came_to_an_older_picture_gets_what_it_lacks_and_no_more(
    world: World, watch: Callable[[], Watcher]
) -> None:
    slow, fast = watch(), watch()
    for number in range(30):
        world.pane.screen.feed(LINE % number)
        slow.attachment.flush(world.pane)  # two frames go, the others are one difference later
        fast.attachment.flush(world.pane)
        fast.acknowledge()
    slow.acknowledge()
    assert rows_sent(fast) == rows_sent(slow) == 30
    assert len(slow.frames) == 3
    assert slow.lines() == fast.lines() == watch().lines()


PIECES = (
    *(b"\r\n", b"\n\n\n", b"text", "好❤\ufe0f".encode(), b"\x1b[41m", b"\x1b[m", b"\x1b[H"),
    *(b"\x1b[3;1H", b"\x1b[8;1H", b"\x1b[2L", b"\x1b[3M", b"\x1b[S", b"\x1b[2T", b"\x1bM"),
    *(b"\x1b[3;7r", b"\x1b[r", b"\x1b[J", b"\x1b[2J", b"\x1b[K", b"\x1b[?1049h", b"\x1b[?1049l"),
    *(b"1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n8\r\n9\r\n", b"\x1b[?69h\x1b[3;9s", b"\x1b[?69l"),
)


class Story:
    """What may happen to a window with two clients, chosen by chance."""

    def __init__(self, seed: int) -> None:
        self.world = make_world(columns=20, rows=9)
        self.watchers = [Watcher(self.world, columns=20, rows=10) for _ in range(2)]
        self.chance = random.Random(seed)  # noqa: S311 - a repeatable choice is what is wanted

    def step(self) -> None:
        self.chance.choices(
            (self._print, self._flush, self._acknowledge, self._resize, self._mode),
            weights=(40, 30, 30, 1, 2),
        )[0]()

    def _print(self) -> None:
        pieces = self.chance.choices(PIECES, k=self.chance.randrange(1, 3))
        self.world.pane.screen.feed(b"".join(pieces))

    def _flush(self) -> None:
        self.chance.choice(self.watchers).attachment.flush(self.world.pane)

    def _acknowledge(self) -> None:
        self.chance.choice(self.watchers).acknowledge()

    def _resize(self) -> None:
        rows, columns = self.chance.choice(((9, 20), (6, 20), (9, 13), (12, 26)))
        pane, window = self.world.pane, self.world.window
        pane.mode = None
        pane.screen.resize(rows=rows, columns=columns)
        window.rows, window.columns = rows, columns
        for watcher in self.watchers:
            watcher.attachment.layout_changed()

    def _mode(self) -> None:
        pane = self.world.pane
        if pane.mode is None:
            pane.mode = CopyMode(pane.screen, CopyOptions())
        elif isinstance(pane.mode, CopyMode) and self.chance.random() < 0.7:
            pane.mode.command(self.chance.choice(("scroll-up", "page-up", "cursor-up")))
        else:
            pane.mode = None


def moved(seed: int) -> bool:
    """Tell a story and compare; whether rows moved in it."""
    story = Story(seed)
    for _ in range(12):
        for _ in range(20):
            story.step()
        for watcher in story.watchers:
            watcher.catch_up()
            assert watcher.lines() == Watcher(story.world, columns=20, rows=10).lines(), seed
    return any(pane.moves for frame in story.watchers[0].frames for pane in frame.panes)


def test_whatever_happens_every_client_shows_what_a_new_one_is_sent() -> None:
    assert sum(moved(seed) for seed in range(30)) > 20
