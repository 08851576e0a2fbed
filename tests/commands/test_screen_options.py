"""Options that decide what a pane's program can do with its screen."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk


def test_the_alternate_screen_may_be_forbidden() -> None:
    desk = Desk()
    screen = desk.world.pane.screen
    desk.run("split-window ; set -p alternate-screen off")
    other = desk.world.window.active.screen
    for one in (screen, other):
        one.feed(b"main\x1b[?1049h\x1b[Halt")
    assert (screen.alternate, other.alternate) == (True, False)
    desk.run("set -p alternate-screen on")
    other.feed(b"\x1b[?1047h")
    assert other.alternate
    desk.run("set -p alternate-screen off")
    other.feed(b"\x1b[?1047l")
    assert not other.alternate


@pytest.mark.parametrize("clear", [b"\x1b[2J", b"\x1b[H\x1b[J"])
def test_what_clears_the_screen_may_leave_the_history_alone(clear: bytes) -> None:
    desk = Desk()
    desk.run("split-window")
    screen = desk.world.window.active.screen
    screen.feed(b"one\r\ntwo" + clear)
    assert len(screen.history) == 2
    desk.run("clear-history ; set -g scroll-on-clear off")
    screen.feed(b"\x1b[Hone\r\ntwo" + clear)
    assert len(screen.history) == 0
    desk.run("capture-pane -p -E 1")
    assert desk.asker.said == ["\n"]


def test_a_palette_may_be_given_to_programs() -> None:
    desk = Desk()
    said: list[bytes] = []
    desk.run("split-window")
    screen = desk.world.window.active.screen
    screen.on_reply = said.append
    desk.run("set -g pane-colours[1] '#102030'")
    screen.feed(b"\x1b]4;1;?\a\x1b]4;1;#ffffff\a\x1b]4;1;?\a\x1b]104\a\x1b]4;1;?\a")
    assert said == [
        b"\x1b]4;1;rgb:1010/2020/3030\x1b\\",
        b"\x1b]4;1;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]4;1;rgb:1010/2020/3030\x1b\\",
    ]


def test_no_more_messages_are_kept_than_the_limit() -> None:
    desk = Desk()
    for number in range(5):
        desk.run(f"display-message m{number}")
    desk.run("set -s message-limit 2")
    assert [text for _, text in desk.world.state.messages][-1].endswith("message-limit 2")
    assert len(desk.world.state.messages) == 2


def test_characters_may_be_given_another_width() -> None:
    desk = Desk()
    desk.run("split-window ; set -s codepoint-widths[0] 'U+E0B0=2'")
    desk.world.pane.screen.feed("\ue0b0".encode())
    assert desk.world.pane.screen.x == 2
    desk.run("set -su codepoint-widths")
    desk.world.pane.screen.feed("\r\ue0b0".encode())
    assert desk.world.pane.screen.x == 1
