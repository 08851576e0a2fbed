"""clock-mode on a terminal: the same clock as in tmux 3.3a."""

from __future__ import annotations

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import PREFIX, World


@pytest.mark.parametrize("style", ["24", "12"])
def test_the_clock_is_drawn_as_tmux_draws_it(aimux: World, style: str) -> None:
    pair = Pair(aimux)
    pair.do("set", "-g", "clock-mode-style", style)
    pair.do("set", "-g", "clock-mode-colour", "magenta")
    pair.attached()
    pair.type(PREFIX + b"t")
    pair.ours.wait_for(lambda: aimux.ask("#{pane_mode}") == "clock-mode")
    pair.same()
    # Where there is no room for the large digits they are small.
    pair.do("split-window", "-d", "-l", "24")
    pair.ours.wait_for(lambda: ":" in "".join(pair.ours.rows[:5]))
    pair.same()
    pair.type(b"x")
    assert pair.asked("#{pane_in_mode}") == ("0\n", "0\n")
