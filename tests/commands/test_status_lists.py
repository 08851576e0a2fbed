"""The status lines of later tmux that list panes and sessions."""

from __future__ import annotations

import json
from pathlib import Path

from aimux.model.options_later import LATER_SESSION_DEFAULTS
from aimux.server.painter import Painter
from tests.commands.test_overlays import Desk

TMUX = Path(__file__).with_name("tmux_3_7c_status_formats.json")


def test_their_defaults_are_tmuxs() -> None:
    assert json.loads(TMUX.read_text()) == LATER_SESSION_DEFAULTS


def test_the_old_colours_of_the_status_line_count_over_its_style() -> None:
    desk = Desk()
    desk.run("set -g status-style 'fg=white,bg=green,bold' ; set -g status-bg blue")
    painter = Painter(desk.world.state, desk.world.effects, desk.client)
    assert painter.status_line.draw(painter.picture())[0][0].startswith("\x1b[1;37;44m")
    desk.run("set -g status-fg yellow ; set -g status-bg default")
    assert painter.status_line.draw(painter.picture())[0][0].startswith("\x1b[1;33;42m")


def test_styles_and_formats_of_panes_and_sessions_count() -> None:
    desk = Desk()
    for name, text in LATER_SESSION_DEFAULTS.items():
        desk.world.state.session_options.set(name, text)
    desk.run("set -g status 3 ; split-window ; select-pane -T second ; new-session -d -s other")
    desk.run("set -g pane-status-style fg=red ; set -g window-pane-status-format 'p#P'")
    desk.run("set -g pane-status-current-style bg=blue ; set -g session-status-style underscore")
    painter = Painter(desk.world.state, desk.world.effects, desk.client)
    (_, panes, sessions), _ranges = painter.status_line.draw(painter.picture())
    assert "P: \x1b[0;31;42mp0" in panes
    assert "\x1b[0;30;44m1:[second]" in panes
    assert "S: \x1b[0;4;30;42mother" in sessions
    assert "work*" in sessions
