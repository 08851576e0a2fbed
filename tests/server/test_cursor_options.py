"""The cursor's shape and colour, by options and by what programs ask for."""

from __future__ import annotations

import pytest

from aimux.server.painter import Painter
from tests.commands.test_overlays import Desk


def cursor(desk: Desk) -> tuple[int, int]:
    painter = Painter(desk.world.state, desk.world.effects, desk.client)
    shown = painter.cursor(painter.picture())
    return shown.shape, shown.colour


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_pane_has_the_cursor_of_its_options(desk: Desk) -> None:
    assert cursor(desk) == (0, -1)
    desk.run("set -g cursor-style bar ; set -g cursor-colour '#102030'")
    assert cursor(desk) == (6, 0x102030)


def test_what_a_program_asks_for_counts_more(desk: Desk) -> None:
    desk.run("set -g cursor-style bar ; set -g cursor-colour red")
    desk.world.pane.screen.feed(b"\x1b[4 q\x1b]12;#0000ff\a")
    assert cursor(desk) == (4, 0x0000FF)
    desk.world.pane.screen.feed(b"\x1b[0 q\x1b]112\a")
    assert cursor(desk) == (6, 0x800000)


def test_prompts_have_a_cursor_of_their_own(desk: Desk) -> None:
    desk.run("set -g prompt-cursor-colour '#445566' ; set -g prompt-cursor-style underline")
    desk.run("set -g prompt-command-cursor-style block ; set -g status-keys vi ; command-prompt")
    assert cursor(desk) == (4, 0x445566)
    assert desk.client.prompt is not None
    desk.client.prompt.vi = True
    desk.client.prompt.press("Escape")
    assert cursor(desk) == (2, 0x445566)
