"""Panes: split, resized, swapped, broken out, joined and respawned as tmux does it."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

from tests.compat.conftest import fresh
from tests.compat.programs import Program

PANES = (
    "list-panes -a -F '#{window_index}.#{pane_index} #{pane_id} #{pane_left},#{pane_top} "
    "#{pane_width}x#{pane_height} #{pane_active}#{window_zoomed_flag}'"
)
MARKS = (
    "#{session_name}:#{window_index}.#{pane_index} #{window_marked_flag}#{session_marked}"
    "#{pane_marked}#{pane_marked_set} #{window_flags}"
)
SCRIPTS = {
    "the mark, which is in one place of one session": r"""
        new-session -d -s a -n w cat ; split-window -t a cat ; new-session -d -s b -t a
        new-session -d -s c -n o cat ; link-window -s a:0 -t c:5 ; select-pane -m -t a:0.1
        list-panes -a -F 'MARKS'
        select-pane -m -t b:0.1
        list-panes -a -F 'MARKS'
        select-pane -m -t b:0.1
        display-message -p '#{pane_marked_set}'
        select-pane -m -t c:5.0
        list-panes -a -F 'MARKS'
        display-message -p -t '~' 'MARKS'
        break-pane -d -s c:5.0
        list-panes -a -F 'MARKS'
        select-pane -m -t c:0 ; kill-session -t a ; move-window -s c:0 -t c:9
        display-message -p '#{pane_marked_set}'
    """.replace("MARKS", MARKS),
    "splitting": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window cat
        split-window -h cat
        PANES
        split-window -t 0 -v -l 3 cat
        split-window -t 0 -h -l 25% cat
        PANES
        split-window -t 0 -p 50 cat
        split-window -b -t 0 -h -l 5 cat
        split-window -d -f -t 1 cat
        split-window -d -f -h -b -l 7 -t 1 cat
        split-window -d -f -v -l 20% -t 1 cat
        PANES
        split-window -P cat
        split-window -P -F '#{pane_id} #{pane_index} #{pane_width}' -t 0 cat
        split-window -d -P -F '#{pane_id} #{pane_active}' -t 0 cat
        split-window -l nope cat
        split-window -l 10x cat
        split-window -p nope cat
        split-window -l 0 -t 2 cat
        split-window -l 900 -t 2 cat
        split-window -t %99 cat
        split-window -h -l 1 -t 0 cat
        PANES
        list-panes
    """,
    "splitting what is too small or zoomed": r"""
        new-session -d -s work -x 10 -y 4 cat
        split-window -h cat
        split-window -h cat
        split-window -h cat
        split-window -h cat
        split-window -v cat
        split-window -v cat
        PANES
        new-window cat
        split-window -d cat
        split-window -Z cat
        PANES
        split-window -d cat
        resize-pane -Z
        PANES
        resize-pane -Z -t 1
        split-window cat
        PANES
        split-window -c /usr -e MARK=here 'echo "[$MARK]"; pwd; exec cat'
        resize-window -x 80 -y 40
        split-window -c /usr -e MARK=here 'echo "[$MARK]"; pwd; exec cat'
        until /usr: capture-pane -p
    """,
    "resizing": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -h cat
        split-window -v cat
        PANES
        resize-pane -t 0 -x 30
        resize-pane -t 1 -y 5
        PANES
        resize-pane -t 1 -D 3
        resize-pane -t 0 -R 4
        resize-pane -t 2 -U 2
        resize-pane -t 2 -L
        PANES
        resize-pane -t 0 -x 25%
        resize-pane -t 2 -y 50%
        PANES
        resize-pane -t 0 -x 0
        resize-pane -t 0 -x ten
        resize-pane -t 0 -y 0
        resize-pane -t 0 -y ten%
        resize-pane -t 0 -L ten
        resize-pane -t 0 -L 0
        resize-pane -t 0 -x 200
        resize-pane -t 1 -y 200
        PANES
        resize-pane -x 3 -y 3 -t 2
        PANES
        resize-pane -t 2 -Z ; list-panes -F '#{pane_id} #{pane_width}x#{pane_height} #{window_zoomed_flag}'
        display-message -p '#{window_layout} #{window_visible_layout} #{window_flags}'
        resize-pane -t 2 -Z
        resize-pane -t 9 -Z
        resize-window -x 60 -y 20
        PANES
        resize-window -x 120 -y 50
        PANES
        resize-pane -T -t 0
        resize-pane
    """,
    "trimming below the cursor": r"""
        new-session -d -s work -x 20 -y 5 "printf 'a\nb\nc\nd\ne\nf\ng\033[2;3H'; exec cat"
        until g: capture-pane -p
        display-message -p '#{history_size} #{cursor_x},#{cursor_y}'
        resize-pane -T
        display-message -p '#{history_size} #{cursor_x},#{cursor_y}'
        capture-pane -p -S -
    """,
    "selecting": r"""
        new-session -d -s work -x 80 -y 24 cat
        last-pane
        split-window -h cat
        split-window -v cat
        select-pane -t 0
        PANES
        select-pane -R
        PANES
        select-pane -D
        select-pane -L
        select-pane -U
        PANES
        select-pane -l
        last-pane
        PANES
        select-pane -t 7
        select-pane -T 'a title' ; display-message -p '#{pane_title}'
        select-pane -T 'a #{pane_id}' -t 0 ; display-message -p -t 0 '#{pane_title}'
        select-pane -d -t 1 ; display-message -p -t 1 '#{pane_input_off}'
        select-pane -e -t 1 ; display-message -p -t 1 '#{pane_input_off}'
        last-pane -d
        list-panes -F '#{pane_id} #{pane_input_off} #{pane_last}'
        last-pane -e
        select-pane -m -t 2 ; display-message -p -t 2 '#{pane_marked} #{pane_marked_set} #{window_flags} #{session_marked}'
        select-pane -m -t 1 ; list-panes -F '#{pane_id} #{pane_marked}'
        select-pane -M ; display-message -p '#{pane_marked_set}'
        select-pane -P bg=red -t 1
        show-options -p -t 1
        select-pane -g -t 1
        select-pane -P nonsense -t 1
        resize-pane -Z -t 1
        select-pane -Z -t 2
        PANES
        select-pane -t 0
        PANES
        resize-pane -Z
        select-pane -Z -R
        PANES
        last-pane -Z
        PANES
    """,
    "swapping and rotating": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -h cat
        split-window -v cat
        new-window cat
        split-window cat
        select-window -t 0
        swap-pane -s 0 -t 2
        PANES
        swap-pane -d -s 0 -t 1
        PANES
        swap-pane -U
        PANES
        swap-pane -D
        swap-pane -U -t 0
        PANES
        swap-pane -D -t 0
        PANES
        swap-pane -s work:0.0 -t work:1.1
        PANES
        swap-pane -d -s work:1.0 -t work:0.1
        PANES
        swap-pane -s 9 -t 0
        swap-pane -t 0 -s 0
        rotate-window
        PANES
        rotate-window -D
        PANES
        rotate-window -U -t 1
        PANES
        resize-pane -Z ; rotate-window -Z
        PANES
        swap-pane -Z -s 0 -t 1
        PANES
        select-pane -m -t work:1.0
        swap-pane
        PANES
    """,
    "breaking out and joining": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window -h cat
        split-window -v cat
        break-pane
        PANES
        break-pane -d -s work:0.1 -P
        PANES
        break-pane -d -s work:0.0 -n solo -P -F '#{window_index} #{window_name} #{pane_id}'
        PANES
        join-pane -s work:1 -t work:2
        PANES
        join-pane -h -d -l 20 -s work:3 -t work:2.0
        PANES
        break-pane -d -s work:2.0 -t work:9
        break-pane -d -s work:2.0 -t work:9
        break-pane -d -t 9
        PANES
        move-pane -b -s work:9 -t work:2.0
        PANES
        join-pane -s work:2.0 -t work:2.0
        join-pane -f -h -s work:2.0 -t work:2.1
        PANES
        join-pane -s work:7 -t work:2
        join-pane -l bad -s work:2.0 -t work:2.1
        new-session -d -s other -x 80 -y 24 cat
        split-window -t other cat
        break-pane -a -d -s other:0.0 -t work:2
        PANES
        break-pane -b -d -s other:0.0 -t work:2
        PANES
        join-pane -s work:2.0 -t work:4 -p 30
        PANES
        list-windows -a -F '#{session_name}:#{window_index} #{window_name} #{automatic-rename} #{window_layout}'
    """,
    "ending and respawning": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window cat
        split-window cat
        kill-pane -t 1
        PANES
        kill-pane -a -t 0
        PANES
        kill-pane -t 5
        respawn-pane
        respawn-pane -k
        respawn-pane -t 9
        respawn-window
        respawn-window -k
        PANES
        respawn-pane -k -c /usr -e MARK=here 'echo "[$MARK]"; pwd; exec cat'
        until /usr: capture-pane -p
        display-message -p '#{pane_id} #{pane_start_command} #{pane_start_path}'
        split-window cat
        respawn-window -k 'echo window; exec cat'
        until window: capture-pane -p
        PANES
        set-option -g remain-on-exit on
        set-option -g remain-on-exit-format 'dead #{pane_dead_status}'
        split-window 'exit 3'
        until 1: display-message -p '#{pane_dead}'
        display-message -p '#{pane_dead}'
        list-panes -F '#{pane_id} #{pane_dead}'
        until dead: capture-pane -p
        respawn-pane
        until 1: display-message -p '#{pane_dead}'
        respawn-pane cat
        display-message -p '#{pane_dead} #{pane_dead_status}'
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script.replace("PANES", PANES))


@pytest.mark.parametrize("run", ["aimux"], indirect=True)
def test_a_pane_that_ended_well_does_not_remain_for_failed(run: Program) -> None:
    """Not compared: tmux 3.3a keeps it if it sees the end of the output before the exit."""
    script = """
        new-session -d -s work -x 80 -y 24 cat
        set-option -g remain-on-exit failed
        split-window 'exit 0'
        until 1 panes: display-message -p '#{window_panes} panes'
    """
    assert run.script(script)[-1][1] == (0, "1 panes", "")


def test_how_a_program_ended_is_known_with_its_end() -> None:
    """Of aimux alone: tmux 3.3a now and then never learns the status of a dead pane."""
    script = r"""
        new-session -d -s work -x 80 -y 24 cat
        set-option -g remain-on-exit on
        split-window 'exit 3'
        until 1: display-message -p '#{pane_dead}'
        display-message -p '[#{pane_dead_status}] [#{pane_dead_signal}]'
        split-window 'kill -9 $$'
        until 1: display-message -p '#{pane_dead}'
        display-message -p '[#{pane_dead_status}] [#{pane_dead_signal}]'
    """
    with fresh("aimux") as aimux:
        said = [answer[1] for line, answer in aimux.script(script) if line.startswith("display")]
    assert said == ["[3] []\n", "[] [9]\n"]
