"""The colours of panes and modes, beside tmux 3.3a."""

from __future__ import annotations

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import World


@pytest.fixture
def pair(aimux: World) -> Pair:
    """Two panes with text in colours."""
    colours = "plain \\033[31mred\\033[44m both \\033[7mturned\\033[m end\\n"
    pair = Pair(aimux, f"printf '{colours}'; cat")
    pair.do("split-window", "-h", "-t", "work:0", "printf 'other\\n'; cat")
    pair.attached()
    pair.same("plain", "other")
    return pair


def test_a_window_style_colours_what_has_no_colours_and_the_active_pane_has_its_own(
    pair: Pair,
) -> None:
    pair.do("set", "-g", "window-style", "fg=colour242,bg=colour235")
    pair.same()
    pair.do("set", "-g", "window-active-style", "bg=black")
    pair.same()
    pair.do("select-pane", "-t", "work:0.0")
    pair.same()
    pair.do("select-pane", "-t", "work:0.0", "-P", "bg=green")
    pair.same()
    pair.do("set", "-g", "window-active-style", "bg=#{?pane_in_mode,red,blue}")
    pair.same()
    pair.do("bind-key", "-n", "F5", "display-menu", "-x", "2", "-y", "8", "item", "x", "")
    pair.type(b"\x1b[15~")
    pair.same("item")
    pair.type(b"q")


def test_modes_have_the_colours_of_their_pane(pair: Pair) -> None:
    pair.do("set", "-g", "window-style", "fg=yellow,bg=colour235")
    pair.do("copy-mode", "-t", "work:0.1")
    pair.same("[0/0]")
    pair.do("choose-tree", "-t", "work:0.0", "-N", "-F", "x")
    pair.same("(0)")


def test_copy_mode_looks_at_once_as_its_styles_say(pair: Pair) -> None:
    pair.do("select-pane", "-t", "work:0.0")
    pair.do("copy-mode", "-t", "work:0.0")
    pair.do("send-keys", "-t", "work:0.0", "-X", "search-backward", "plain")
    pair.same("[0/0]")
    pair.do("set", "-g", "mode-style", "bg=green")
    pair.do("set", "-g", "copy-mode-current-match-style", "bg=red")
    buffer = pair.ours.view.screen.buffer
    pair.ours.wait_for(lambda: (buffer[0][0].bg, buffer[0][43].bg) == ("red", "green"))
    # tmux does it with the next key.
    pair.do("send-keys", "-t", "work:0.0", "-X", "cursor-right")
    pair.same("[0/0]")
