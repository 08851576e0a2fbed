"""Bells, activity and silence in windows that nobody looks at, as tmux marks and tells them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

START = r"""
new-session -d -s work -x 80 -y 24 cat
set-hook -g alert-bell "set-option -gaF @log '[#{hook} #{hook_session_name} #{hook_window} at #{window_index}]'"
set-hook -g alert-activity "set-option -gaF @log '[#{hook} #{hook_session_name} #{hook_window} at #{window_index}]'"
set-hook -g alert-silence "set-option -gaF @log '[#{hook} #{hook_session_name} #{hook_window} at #{window_index}]'"
"""
FLAGS = "list-windows -F '#{window_index}#{window_flags} #{window_bell_flag}#{window_activity_flag}#{window_silence_flag}'"
SCRIPTS = {
    "bells": START
    + rf"""
        new-window -d 'printf "\007"; cat'
        until alert-bell: show-options -gv @log
        show-options -gv @log
        {FLAGS}
        display-message -p '#{{session_alerts}}'
        next-window -a
        {FLAGS}
        next-window -a
        previous-window -a
        set-option -gu @log
        set-option -g bell-action none
        send-keys -t 1 C-g Enter
        set-option -g monitor-bell off
        new-window -d 'printf "\007printed"; cat'
        until printed: capture-pane -p -t 2
        {FLAGS}
        set-option -g monitor-bell on
        set-option -g bell-action current
        new-window -d 'printf "\007"; cat'
        until 3!: list-windows -F '#{{window_index}}#{{window_flags}}'
        show-options -gqv @log
        kill-session -C
        {FLAGS}
    """,
    "activity": START
    + rf"""
        set-option -g monitor-activity on
        new-window -d 'echo text; cat'
        until alert-activity: show-options -gv @log
        {FLAGS}
        select-window -t 1
        {FLAGS}
        set-option -g activity-action none
        set-option -gu @log
        send-keys -t 0 x Enter
        until x\nx: capture-pane -p -t 0
        list-windows -F '#{{window_index}}#{{window_raw_flags}}'
        show-options -gqv @log
        previous-window -a
        {FLAGS}
    """,
    "activity: a window that was made": START
    + rf"""
        set-option -g monitor-activity on
        new-window -d cat
        until alert-activity: show-options -gv @log
        {FLAGS}
    """,
    "silence": START
    + rf"""
        new-window -d cat
        set-option -w -t 1 monitor-silence 1
        until alert-silence: show-options -gv @log
        {FLAGS}
        set-option -w -t 1 monitor-silence 0
        select-window -t 1
        {FLAGS}
    """,
    "in several sessions": START
    + rf"""
        new-window -d 'printf "\007"; cat'
        new-session -d -s other cat
        link-window -d -s work:1 -t other:7
        send-keys -t work:1 C-g Enter
        until 7!: list-windows -t other -F '#{{window_index}}#{{window_flags}}'
        {FLAGS}
        select-window -t other:7
        {FLAGS}
        list-windows -t other -F '#{{window_index}}#{{window_flags}}'
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
