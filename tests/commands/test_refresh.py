"""refresh-client: what a client says of the colours of its terminal."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk


def _answers(desk: Desk, question: bytes) -> list[bytes]:
    said: list[bytes] = []
    screen = desk.world.pane.screen
    screen.on_reply = said.append
    screen.feed(question)
    return said


def test_a_pane_answers_with_the_colours_that_were_reported_for_it() -> None:
    desk = Desk()
    pane = desk.world.pane.id
    desk.run(f'refresh-client -r "%{pane}:\\e]10;rgb:1111/2222/3333\\e\\\\"')
    desk.run(f'refresh-client -r "%{pane}:\\e]11;#ffeedd\\a"')
    assert _answers(desk, b"\x1b]10;?\a\x1b]11;?\a") == [
        b"\x1b]10;rgb:1111/2222/3333\x1b\\",
        b"\x1b]11;rgb:ffff/eeee/dddd\x1b\\",
    ]


def test_what_a_program_changed_stays_until_it_takes_it_back() -> None:
    desk = Desk()
    desk.world.pane.screen.feed(b"\x1b]11;#010203\a")
    desk.run(f'refresh-client -r "%{desk.world.pane.id}:\\e]11;#ffeedd\\a"')
    assert _answers(desk, b"\x1b]11;?\a") == [b"\x1b]11;rgb:0101/0202/0303\x1b\\"]
    assert _answers(desk, b"\x1b]111\a\x1b]11;?\a") == [b"\x1b]11;rgb:ffff/eeee/dddd\x1b\\"]


def test_a_program_that_follows_the_theme_hears_of_a_light_background() -> None:
    desk = Desk()
    desk.world.pane.screen.feed(b"\x1b[?2031h\x1b]10;#000000\a")
    said: list[bytes] = []
    desk.world.pane.screen.on_reply = said.append
    desk.run(f'refresh-client -r "%{desk.world.pane.id}:\\e]11;#ffffff\\a"')
    assert said == [b"\x1b[?997;2n"]


@pytest.mark.parametrize(
    "report", ["", "x", "%0", "%0:x", "%99:\\e]11;#ffffff\\a", "%0:\\e]11;?\\a"]
)
def test_what_is_no_report_is_skipped(report: str) -> None:
    desk = Desk()
    desk.run(f'refresh-client -r "{report}"')
    assert desk.asker.said == []
    assert _answers(desk, b"\x1b]11;?\a") == [b"\x1b]11;rgb:0000/0000/0000\x1b\\"]
