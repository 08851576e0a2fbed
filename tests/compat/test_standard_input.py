"""What commands read from standard input, and write to standard output, as in tmux."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "buffers": r"""
        new-session -d -s work -x 80 -y 24 cat
        give some text: load-buffer -
        show-buffer
        give other text: load-buffer -b named - ; save-buffer -b named -
        load-buffer -b named -
        list-buffers -F '#{buffer_name} #{buffer_size}'
        give once: load-buffer - ; load-buffer - ; show-buffer
        give x: load-buffer -b '' -
        list-buffers -F '#{buffer_name} #{buffer_size}'
        give first: if-shell -F 1 'load-buffer -' ; display-message -p after
        show-buffer
    """,
    "panes without a program": r"""
        new-session -d -s work -x 80 -y 24 cat
        give one\ntwo: split-window -d -I
        capture-pane -p -t 1
        display-message -p -t 1 '#{pane_dead} #{pane_pid} [#{pane_tty}] #{cursor_flag} #{cursor_x}'
        give more: display-message -I -t 1
        capture-pane -p -t 1
        give x: display-message -I -t 0
        split-window -d ''
        list-panes -F '#{pane_id} #{pane_dead}'
        send-keys -t 1 x
        respawn-pane -t 1 cat
        display-message -p -t 1 '#{pane_dead}'
        give x: split-window -I cat
        list-panes -F '#{pane_id} #{pane_dead}'
        kill-pane -t 2
        give x: split-window -I -P
    """,
    "sizes beyond the whole": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -l 200% cat
        list-panes -F '#{pane_id} #{pane_width}x#{pane_height}'
        split-window -p 200 cat
        split-window -h -l 100% cat
        split-window -h -l 0% cat
        split-window -h -l 999 cat
        split-window -h -l 0 cat
        list-panes -F '#{pane_id} #{pane_width}x#{pane_height}'
        split-window -l x% cat
        split-window -l -5% cat
        new-window cat
        join-pane -h -l 200% -t 0
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
