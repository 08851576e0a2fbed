"""Key tables, and the keys that are sent to panes, as tmux has them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "listing keys": r"""
        new-session -d -s work -x 80 -y 24 cat
        list-keys
        list-keys -T prefix
        list-keys -T root
        list-keys -T copy-mode
        list-keys -T copy-mode-vi
        list-keys -T nothing
        list-keys c
        list-keys -T prefix c
        list-keys -T prefix C-q
        list-keys nonsense
        list-keys -N
        list-keys -Na
        list-keys -N -T copy-mode
        list-keys -N -P 'X '
        list-keys -1 -N
        list-keys -1 -T prefix
        list-keys -N c
        list-keys -N -T prefix c
        set-option -g prefix C-a
        list-keys -N c
    """,
    "binding and unbinding": r"""
        new-session -d -s work -x 80 -y 24 cat
        bind-key X display-message 'hello there' ; list-keys -T prefix X
        bind-key -r X new-window ; list-keys -T prefix X
        bind-key -n F5 list-panes ; list-keys -T root F5
        bind-key -T mine a split-window -h ; list-keys -T mine
        bind-key -T mine -N 'a note' b split-window ; list-keys -N -T mine
        bind-key -N 'only a note' X ; list-keys -N X ; list-keys -T prefix X
        bind-key Y new-window \; split-window \; display-message "#{pane_id} 'x'" ; list-keys -T prefix Y
        bind-key Z { list-panes ; list-windows } ; list-keys -T prefix Z
        bind-key Z 'list-panes ; list-windows' ; list-keys -T prefix Z
        bind-key W if-shell -F 1 { list-panes } { list-windows } ; list-keys -T prefix W
        bind-key '"' list-panes ; list-keys -T prefix '"'
        bind-key '\' list-panes ; list-keys -T prefix '\'
        bind-key \\; list-panes ; list-keys -T prefix \\;
        bind-key C-M-S-Left list-panes ; list-keys -T prefix C-M-S-Left
        bind-key M-é list-panes ; list-keys -T prefix M-é
        bind-key nonsense list-panes
        bind-key X nonsense
        bind-key X list-panes -q
        bind-key
        bind-key Q
        list-keys -T prefix Q
        unbind-key X ; list-keys -T prefix X
        unbind-key -n F5 ; list-keys -T root F5
        unbind-key -T mine a ; list-keys -T mine
        unbind-key -T nothing a
        unbind-key nonsense
        unbind-key -q nonsense
        unbind-key
        unbind-key -a -T mine ; list-keys -T mine
        unbind-key -a -T mine
        unbind-key -aq -T mine
        unbind-key -a x
        unbind-key C-q
        unbind-key -a ; list-keys -T prefix
    """,
    "sending keys": r"""
        new-session -d -s work -x 200 -y 24 'stty -echo raw; exec cat -v'
        until cat: display-message -p '#{pane_current_command}'
        send-keys abc Enter ' d' Tab C-c M-x Escape Up F1 F12 Home NPage BSpace DC BTab S-Left C-Up M-Right C-M-a Space
        until [: capture-pane -p
        send-keys end1
        until end1: capture-pane -p
        capture-pane -p
        send-keys -l 'Enter C-c é'
        send-keys -H 41 42 7a zz 100
        send-keys -N 3 r
        send-keys -N 0 r
        send-keys -N x r
        send-keys -F '#{session_name}'
        send-keys end2
        until end2: capture-pane -p
        capture-pane -p
        send-keys KP0 KP* PPage IC C-Space C-? C-_ C-/ M-Enter S-F3 '\;' -- -x
        send-keys end3
        until end3: capture-pane -p
        capture-pane -p
        send-prefix
        send-prefix -2
        send-keys end4
        until end4: capture-pane -p
        capture-pane -p
        send-keys -X cancel
        send-keys -t nothing a
        send-keys
        send-keys -R
        capture-pane -p
        send-keys end5
        until end5: capture-pane -p
        send-keys -t work:0.5 a
        copy-mode
        display-message -p '#{pane_mode} #{pane_in_mode}'
        send-keys -X
        send-keys -X cancel
        display-message -p '#{pane_mode} #{pane_in_mode}'
        copy-mode ; copy-mode -q ; display-message -p '#{pane_in_mode}'
    """,
    "panes that are typed into together": r"""
        new-session -d -s work -x 80 -y 24 cat
        split-window cat
        set-option -w synchronize-panes on
        send-keys together Enter
        until together: capture-pane -p -t 0
        until together: capture-pane -p -t 1
        select-pane -d -t 1
        send-keys -t 0 again Enter
        until again: capture-pane -p -t 0
        capture-pane -p -t 1
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
