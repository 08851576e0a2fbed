"""Layouts: presets, layout strings, and their steps as tmux has them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SHOW = "display-message -p '#{window_layout}'"
PRESETS = ("even-horizontal", "even-vertical", "main-horizontal", "main-vertical", "tiled")
SCRIPTS = {
    "presets": "\n".join(
        [
            "new-session -d -s work -x 80 -y 24 cat",
            *(
                line
                for _ in range(5)
                for line in (
                    "split-window -h -l 2 cat ; select-layout tiled",
                    *(f"select-layout {preset} ; {SHOW}" for preset in PRESETS),
                )
            ),
        ]
    ),
    "steps": r"""
        new-session -d -s work -x 101 -y 37 cat
        split-window cat ; split-window cat ; split-window -h cat
        next-layout ; SHOW
        next-layout ; SHOW
        next-layout ; SHOW
        next-layout ; SHOW
        next-layout ; SHOW
        next-layout ; SHOW
        previous-layout ; SHOW
        previous-layout ; SHOW
        select-layout -n ; SHOW
        select-layout -p ; SHOW
        select-layout -o ; SHOW
        select-layout ; SHOW
        resize-pane -t 1 -x 20 ; select-layout -E ; SHOW
        select-layout -o ; SHOW
        select-layout main-v ; SHOW
        select-layout -t 9 tiled
        set-option -w main-pane-width 40 ; select-layout main-vertical ; SHOW
        set-option -w other-pane-width 30 ; select-layout main-vertical ; SHOW
        set-option -w main-pane-height 30% ; select-layout main-horizontal ; SHOW
        set-option -w other-pane-height 7 ; select-layout main-horizontal ; SHOW
        set-option -w pane-border-status top ; select-layout tiled ; SHOW
        list-panes -F '#{pane_top} #{pane_height}'
        set-option -w pane-border-status bottom ; select-layout even-vertical ; SHOW
        list-panes -F '#{pane_top} #{pane_height} #{pane_at_top}#{pane_at_bottom}#{pane_at_left}#{pane_at_right}'
        resize-pane -Z ; select-layout tiled ; display-message -p '#{window_zoomed_flag}'
    """,
    "layout strings": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -h cat ; split-window cat
        SHOW
        select-layout '9be3,80x24,0,0[80x8,0,0,0,80x7,0,9,1,80x7,0,17,2]'
        SHOW
        select-layout '0000,80x24,0,0[80x8,0,0,0,80x7,0,9,1,80x7,0,17,2]'
        select-layout '80x24,0,0'
        select-layout '1b5d,80x24,0,0,0'
        select-layout 'f7ab,100x40,0,0{50x40,0,0,0,49x40,51,0[49x20,51,0,1,49x19,51,21,2]}'
        SHOW
        display-message -p '#{window_width}x#{window_height}'
        kill-pane -t 1 ; SHOW
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script.replace("SHOW", SHOW))
