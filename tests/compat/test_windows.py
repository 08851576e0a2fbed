"""Windows: made, selected, linked, moved and ended as tmux does it."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

PLACES = "list-windows -a -F '#{session_name}:#{window_index} #{window_id} #{window_flags}'"
SCRIPTS = {
    "making windows": r"""
        new-session -d -s work -x 80 -y 24 cat
        new-window -d cat
        new-window -n named cat
        new-window -t work:7 cat
        new-window -t work:7 cat
        new-window -k -t work:7 -n again cat
        PLACES
        new-window -a -t work:0 -n after cat
        new-window -b -t work:0 -n before cat
        new-window -d -a -n aside cat
        list-windows -F '#{window_index} #{window_name} #{window_active}'
        new-window -P cat
        new-window -d -P -F '#{window_id} #{pane_id} #{session_name}:#{window_index}' cat
        new-window -S -n named cat
        new-window -S -n fresh cat
        new-window -S -d -n before cat
        new-window -n named cat
        new-window -S -n named cat
        list-windows -F '#{window_index} #{window_name} #{window_active}'
        new-window -t nothing: cat
        new-window -t nothing cat
        new-window -t work: -n atend cat
        new-window -c /usr -n path cat
        display-message -p '#{pane_start_path} #{window_name}'
        new-window -e MARK=here -n out 'echo "[$MARK]"; exec cat'
        until [here]: capture-pane -p
        new-window -n words sh -c 'echo "<$1>"; exec cat' sh 'two words'
        until <two words>: capture-pane -p
        display-message -p '#{pane_start_command}|#{window_name}'
        set-option -g base-index 3
        new-window -P cat
        list-windows
        list-windows -a
        list-windows -t work -F '#{line} #{window_index}' -f '#{==:#{window_name},named}'
    """,
    "selecting windows": r"""
        new-session -d -s work -x 80 -y 24 -n zero cat
        last-window
        next-window
        previous-window
        new-window -n one cat
        new-window -n two cat
        PLACES
        select-window -t 0
        PLACES
        last-window
        select-window -t zero
        next-window
        next-window
        next-window
        previous-window
        PLACES
        select-window -n
        select-window -p
        select-window -l
        select-window -T -t 0
        select-window -T -t 0
        PLACES
        next-window -a
        previous-window -a
        select-window -t 9
        select-window -t work:one ; select-window -t :=two ; display-message -p '#{window_name}'
        display-message -p '#{session_stack} #{window_stack_index} #{window_last_flag} #{active_window_index} #{last_window_index} #{window_start_flag} #{window_end_flag}'
        next-window -t none
        rename-window renamed
        rename-window -t 0 'name #{window_index}'
        rename-window -t 5 no
        list-windows -F '#{window_index} #{window_name} #{automatic-rename}'
        rename-window ''
        rename-window -t 0 'a\\b' ; rename-session 'c\\d' ; display-message -p -t 0 '#{session_name} #{window_name}'
        list-windows -F '#{window_index} [#{window_name}]'
        show-window-options -t 0
    """,
    "moving and linking windows": r"""
        new-session -d -s a -x 80 -y 24 cat
        new-session -d -s b -x 80 -y 24 cat
        new-window -d -t a:3 cat
        new-window -d -t a:8 cat
        PLACES
        move-window -r -t a
        PLACES
        move-window -s a:2 -t b:5
        PLACES
        move-window -d -s b:5 -t a:
        PLACES
        move-window -s a:0 -t a:1
        move-window -k -s a:0 -t a:1
        PLACES
        link-window -s a:1 -t b:4
        PLACES
        link-window -s a:1 -t b:4
        link-window -s a:1 -t b:0
        link-window -d -k -s a:1 -t b:0
        PLACES
        link-window -a -d -s a:1 -t b:4
        link-window -b -d -s a:1 -t b:4
        PLACES
        link-window -s a:77 -t b:9
        link-window -s a:1 -t nowhere:9
        unlink-window -t b:4
        PLACES
        unlink-window -t a:2
        unlink-window -k -t a:2
        PLACES
        swap-window -s a:1 -t b:0
        PLACES
        new-window -d -t a:6 cat
        swap-window -d -s a:6 -t a:1
        PLACES
        swap-window -t a:6 -s a:1
        PLACES
        swap-window -s a:6 -t a:99
        kill-window -t b:99
        kill-window -t a:1
        PLACES
        move-window -a -s a:6 -t b:0
        PLACES
        list-sessions
    """,
    "ending windows": r"""
        new-session -d -s a -x 80 -y 24 cat
        new-window -d cat
        new-window -d cat
        new-window -d cat
        set-option -g renumber-windows on
        kill-window -t 1
        PLACES
        select-window -t 2
        kill-window
        PLACES
        new-window -d cat
        kill-window -a -t 1
        PLACES
        kill-window
    """,
    "windows that are named after programs": r"""
        new-session -d -s a -x 80 -y 24 'exec cat'
        new-window -d 'sleep 100'
        new-window -d sleep 100
        new-window -d /bin/cat -u
        new-window -d 'A=1 B=2 cat'
        new-window -d
        list-windows -F '#{window_index} #{window_name}'
        list-panes -s -F '#{window_index} #{pane_start_command}'
        until sleep: display-message -p -t 2 '#{pane_current_command}'
        set-option -w -t 2 automatic-rename-format 'x#{pane_pid}'
        set-option -g allow-rename on
        respawn-pane -k -t 2 "printf '\033kfrom a program\033\\\\'; exec cat"
        until from: display-message -p -t 2 '#{window_name}'
        show-options -w -t 2 automatic-rename
    """,
    "names that follow what runs": r"""
        new-session -d -s work -n mine -x 80 -y 24 'exec cat'
        until cat: list-panes -F '#{pane_current_command}'
        list-windows -F '#{window_name}'
        set-option -w automatic-rename on
        list-windows -F '#{window_name}'
        rename-window mine
        list-windows -F '#{window_name}'
        set-option -w automatic-rename on
        until cat: list-windows -F '#{window_name}'
        rename-window mine
        list-windows -F '#{window_name}'
    """,
    "sizes of windows": r"""
        new-session -d -s a -x 80 -y 24 cat
        resize-window -x 100 -y 30
        display-message -p '#{window_width}x#{window_height} #{pane_width}x#{pane_height}'
        resize-window -L 10
        resize-window -R 3
        resize-window -U 2
        resize-window -D
        display-message -p '#{window_width}x#{window_height}'
        show-options -w window-size
        resize-window -x 0
        resize-window -x ten
        resize-window -y 100000
        resize-window -D ten
        resize-window -D 0
        resize-window -a
        display-message -p '#{window_width}x#{window_height}'
        resize-window -A
        display-message -p '#{window_width}x#{window_height}'
        new-window -P -F '#{window_width}x#{window_height}' cat
        set-option default-size 50x20
        new-window -P -F '#{window_width}x#{window_height}' cat
        set-option -g default-size 33x11
        new-session -d -P -F '#{window_width}x#{window_height}' cat
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script.replace("PLACES", PLACES))
