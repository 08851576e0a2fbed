"""pipe-pane and wait-for as tmux has them."""

# a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "what a pane writes": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-message -p '#{pane_pipe}'
        pipe-pane 'cat > piped; echo end >> piped'
        display-message -p '#{pane_pipe}'
        send-keys hello Enter
        until hello\nhello: capture-pane -p
        pipe-pane
        display-message -p '#{pane_pipe}'
        until end: run-shell 'grep -q end piped' ; load-buffer piped ; show-buffer
        load-buffer piped ; show-buffer
        pipe-pane -o 'cat > second'
        display-message -p '#{pane_pipe}'
        pipe-pane -o 'cat > third'
        display-message -p '#{pane_pipe}'
        pipe-pane 'cat > "#{session_name}-%Y"'
        pipe-pane ''
        display-message -p '#{pane_pipe}'
        pipe-pane -t nowhere x
        pipe-pane a b
        pipe-pane -x
    """,
    "what is typed for it": r"""
        new-session -d -s work -x 80 -y 24 cat
        pipe-pane -I 'echo from pipe; cat'
        until from pipe\nfrom pipe: capture-pane -p
        until 0: display-message -p '#{pane_pipe}'
        pipe-pane -IO 'read line; echo "got $line"'
        send-keys hello Enter
        until got hello: capture-pane -p
        until 0: display-message -p '#{pane_pipe}'
        pipe-pane -I 'cat'
        kill-session
    """,
    "a dead pane": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-option -g remain-on-exit on
        new-window 'exit 0'
        until 1: display-message -p '#{pane_dead}'
        pipe-pane cat
        display-message -p '#{pane_pipe}'
        respawn-pane cat
        pipe-pane cat
        display-message -p '#{pane_pipe}'
    """,
    "waiting": r"""
        new-session -d -s work -x 80 -y 24 cat
        wait-for -S x
        wait-for x
        run-shell -b 'sleep 0.1' ; run-shell -d 0.1 -b -C 'wait-for -S late'
        wait-for late ; display-message -p woken
        wait-for -L a
        wait-for -U a
        wait-for -U a
        wait-for -U nothing
        wait-for -L a
        run-shell -d 0.1 -b -C 'wait-for -U a'
        wait-for -L a ; display-message -p locked
        wait-for -U a
        wait-for
        wait-for a b
        wait-for -S 'two words' ; wait-for 'two words'
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
