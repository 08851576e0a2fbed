"""Copy mode, choosers and the clock through commands alone, as tmux has them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

AT = "#{copy_cursor_x},#{copy_cursor_y} #{scroll_position} #{selection_present}#{selection_active} #{rectangle_toggle} #{search_present} [#{search_match}]"
START = r"""
        file text: alpha beta gamma\n\n  indented (one [two] three) end\nfoo foo-bar foo.baz\n\nlast line here\n
        new-session -d -s work -x 60 -y 12 'cat text text text text; printf DONE; exec cat'
        until DONE: capture-pane -p
"""
SCRIPTS = {
    "entering and leaving": rf"""
        {START}
        copy-mode ; display-message -p '#{{pane_mode}} #{{pane_in_mode}} {AT}'
        copy-mode -u ; display-message -p '{AT}'
        clock-mode ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        copy-mode ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        choose-tree ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        choose-tree -Z -w -r -N -G -s -O name -K '#{{line}}' -F x -f 1 ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        send-keys -X cancel
        send-keys q ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        send-keys -X cancel ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        send-keys x ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        choose-buffer ; display-message -p '#{{pane_in_mode}}'
        choose-client ; display-message -p '#{{pane_in_mode}}'
        set-buffer one ; choose-buffer ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        customize-mode ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        copy-mode -q ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        find-window -N work ; display-message -p '#{{pane_mode}} #{{pane_in_mode}}'
        find-window
        choose-tree -q
        copy-mode -t nowhere
        respawn-pane -k cat ; display-message -p '#{{pane_in_mode}}'
    """,
    "keys that are sent": rf"""
        {START}
        copy-mode
        send-keys Up Up Left ; display-message -p '{AT}'
        send-keys C-Space Down M-f ; display-message -p '{AT}'
        send-keys M-w
        display-message -p '#{{pane_in_mode}}'
        show-buffer
        set-option -g mode-keys vi
        copy-mode
        send-keys k k 0 v e ; display-message -p '{AT}'
        send-keys -N 3 ; send-keys k ; display-message -p '{AT}'
        send-keys -N 2 k ; display-message -p '{AT}'
        send-keys Enter
        display-message -p '#{{pane_in_mode}}'
        show-buffer
        send-keys -N 3
        send-keys -X cancel
    """,
    "places, jumps and marks": rf"""
        {START}
        copy-mode
        send-keys -X history-top ; display-message -p '{AT}'
        send-keys -X next-word ; send-keys -X next-word-end ; send-keys -X next-space ; display-message -p '{AT}'
        send-keys -X -N 2 cursor-down ; send-keys -X back-to-indentation ; display-message -p '{AT}'
        send-keys -X jump-forward o ; send-keys -X jump-again ; send-keys -X jump-reverse ; display-message -p '{AT}'
        send-keys -X jump-to-forward e ; display-message -p '{AT}' ; send-keys -X jump-to-backward n ; display-message -p '{AT}'
        send-keys -X jump-backward i ; display-message -p '{AT}'
        send-keys -X set-mark ; send-keys -X history-bottom ; send-keys -X jump-to-mark ; display-message -p '{AT}'
        send-keys -X next-matching-bracket ; display-message -p '{AT}' ; send-keys -X previous-matching-bracket ; display-message -p '{AT}'
        send-keys -X next-paragraph ; display-message -p '{AT}' ; send-keys -X previous-paragraph ; display-message -p '{AT}'
        send-keys -X top-line ; send-keys -X middle-line ; send-keys -X bottom-line ; display-message -p '{AT}'
        send-keys -X goto-line 5 ; display-message -p '{AT}' ; send-keys -X goto-line 500 ; display-message -p '{AT}'
        send-keys -X page-down ; send-keys -X halfpage-up ; send-keys -X scroll-down ; display-message -p '{AT}'
        send-keys -X goto-line ; send-keys -X jump-forward ; display-message -p '{AT}'
        send-keys -X page-down-and-cancel ; send-keys -X halfpage-down-and-cancel ; display-message -p '#{{pane_in_mode}}'
    """,
    "searching": rf"""
        {START}
        copy-mode
        send-keys -X search-backward 'fo+' ; display-message -p '{AT}'
        send-keys -X search-again ; send-keys -X search-again ; send-keys -X search-reverse ; display-message -p '{AT}'
        send-keys -X search-forward '(alpha|beta|[[:upper:]]+)' ; display-message -p '{AT}'
        send-keys -X search-backward-text 'foo.baz' ; display-message -p '{AT}'
        send-keys -X search-forward-text '(one' ; display-message -p '{AT}'
        send-keys -X search-backward-incremental '=ga' ; send-keys -X search-backward-incremental '=gam' ; send-keys -X search-backward-incremental '-gam' ; display-message -p '{AT}'
        send-keys -X search-forward nothing ; display-message -p '{AT}'
        send-keys -X search-forward '(' ; display-message -p '{AT}'
        set-option -g wrap-search off
        send-keys -X history-top ; send-keys -X search-backward alpha ; display-message -p '{AT}'
        send-keys -X cancel ; copy-mode ; send-keys -X search-again ; display-message -p '{AT}'
    """,
    "selecting and copying": rf"""
        {START}
        copy-mode
        send-keys -X history-top ; send-keys -X begin-selection ; send-keys -X next-word-end ; display-message -p '{AT} #{{selection_start_x}},#{{selection_start_y}} #{{selection_end_x}},#{{selection_end_y}}'
        send-keys -X copy-selection-no-clear
        show-buffer
        send-keys -X other-end ; send-keys -X stop-selection ; display-message -p '{AT}'
        send-keys -X copy-selection prefix ; list-buffers -F '#{{buffer_name}}'
        send-keys -X select-word ; send-keys -X append-selection
        show-buffer
        send-keys -X -N 2 select-line ; send-keys -X copy-pipe 'cat > piped'
        show-buffer
        until alpha: load-buffer -b got piped ; show-buffer -b got
        send-keys -X rectangle-toggle ; send-keys -X begin-selection ; send-keys -X -N 2 cursor-down ; send-keys -X -N 4 cursor-right ; display-message -p '{AT}'
        send-keys -X copy-selection
        show-buffer ; send-keys -X rectangle-off
        send-keys -X copy-end-of-line
        show-buffer ; send-keys -X copy-line
        show-buffer
        send-keys -X begin-selection ; send-keys -X end-of-line ; send-keys -X pipe 'cat > second' ; list-buffers -F '#{{buffer_name}}'
        until foo: load-buffer -b got second ; show-buffer -b got
        set-option -s copy-command 'cat > third'
        send-keys -X copy-pipe-line-and-cancel ; display-message -p '#{{pane_in_mode}}'
        until foo: load-buffer -b got third ; show-buffer -b got
        copy-mode ; send-keys -X select-line ; send-keys -X append-selection-and-cancel
        show-buffer
        send-keys -X copy-selection
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
