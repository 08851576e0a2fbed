"""Paste buffers as tmux has them."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "keeping buffers": r"""
        new-session -d -s work -x 80 -y 24 cat
        list-buffers
        show-buffer
        set-buffer 'first one'
        set-buffer -b named 'the second'
        set-buffer third
        list-buffers
        show-buffer
        show-buffer -b named
        show-buffer -b none
        set-buffer -a -b named ' and more' ; show-buffer -b named
        set-buffer -a -b fresh start ; show-buffer -b fresh
        set-buffer -a appended ; list-buffers
        set-buffer -b named -n renamed ; list-buffers
        set-buffer -n top ; list-buffers
        set-buffer -b none -n other
        set-buffer
        set-buffer -b empty ''
        set-buffer a b
        list-buffers -F '#{buffer_name} #{buffer_size} #{buffer_sample} #{line}'
        list-buffers -f '#{==:#{buffer_name},renamed}'
        delete-buffer -b renamed
        delete-buffer -b renamed
        delete-buffer
        list-buffers
        delete-buffer ; delete-buffer ; delete-buffer ; delete-buffer ; delete-buffer
        list-buffers
        set-option -s buffer-limit 2
        set-buffer 1 ; set-buffer 2 ; set-buffer 3 ; list-buffers
        set-buffer -w clip
    """,
    "files and pasting": r"""
        new-session -d -s work -x 80 -y 24 cat
        file input: one\ntwo\ttab\n
        load-buffer input
        show-buffer
        load-buffer -b mine input ; list-buffers
        load-buffer missing
        save-buffer -b mine output
        save-buffer -a -b mine output
        load-buffer -b both output ; show-buffer -b both
        save-buffer -b none output
        save-buffer /nowhere/output
        save-buffer -b mine -
        save-buffer
        paste-buffer
        until two: capture-pane -p
        set-buffer -b p 'a b'
        paste-buffer -d -b p
        until a b: capture-pane -p
        show-buffer -b p
        paste-buffer -b none
        paste-buffer -t nothing
        paste-buffer -s ' | ' -b mine
        until |: capture-pane -p
        paste-buffer -r -b mine
        paste-buffer -p -b mine
        delete-buffer ; delete-buffer ; delete-buffer
        paste-buffer
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
