"""if-shell, run-shell and source-file as tmux has them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "the path of whoever asks": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-environment -t work PATH /nowhere
        show-environment -t work PATH
        new-window 'test "$PATH" = /nowhere && echo of session || echo of asker; exec /bin/cat'
        until of asker: capture-pane -p
        split-window -e PATH=/nowhere 'test "$PATH" = /nowhere && echo of flag || echo of asker; exec /bin/cat'
        until of asker: capture-pane -p
        run-shell 'echo "$PATH"'
    """,
    "conditions": r"""
        new-session -d -s work -x 80 -y 24 cat
        if-shell true 'display-message -p yes' 'display-message -p no'
        if-shell false 'display-message -p yes' 'display-message -p no'
        if-shell false 'display-message -p yes'
        if-shell -F 1 'display-message -p yes' 'display-message -p no'
        if-shell -F 0 'display-message -p yes' 'display-message -p no'
        if-shell -F '' 'display-message -p yes' 'display-message -p no'
        if-shell -F '#{==:#{session_name},work}' 'display-message -p yes' 'display-message -p no'
        if-shell -F '#{pane_in_mode}' 'display-message -p yes' 'display-message -p no'
        if-shell 'test "#{session_name}" = work' 'display-message -p yes' 'display-message -p no'
        if-shell -b true 'set-option -g @done yes'
        until yes: show-options -gv @done
        if-shell -t nothing true 'display-message -p yes'
        if-shell true nonsense
        if-shell -F 1 nonsense
        if-shell true 'list-windows -t nothing' ; display-message -p after
        if-shell true
        if-shell -F 1 { display-message -p one ; display-message -p two }
        if-shell true 'display-message -p a ; display-message -p b' ; display-message -p c
    """,
    "shell commands": r"""
        new-session -d -s work -x 80 -y 24 cat
        run-shell 'true'
        run-shell 'exit 3'
        run-shell 'echo out; exit 4'
        send-keys -X cancel
        run-shell 'kill -9 $$'
        run-shell -b 'exit 3'
        run-shell 'echo dropped >&2'
        display-message -p '#{pane_in_mode}'
        run-shell 'echo shown'
        display-message -p '#{pane_mode}'
        capture-pane -p
        send-keys -X cancel
        run-shell -C 'display-message -p ran'
        run-shell -C 'display-message -p "#{session_name}"' ; display-message -p next
        run-shell -C nonsense
        run-shell -C { display-message -p block }
        run-shell -d 0.05 'true'
        run-shell -d x 'true'
        run-shell -d 0.05 -C 'display-message -p late'
        run-shell -d 0.05
        run-shell
        run-shell -t nothing 'true'
        run-shell a b
        run-shell 'echo "#{session_name}" > made'
        load-buffer made ; show-buffer
        run-shell 'false' ; display-message -p 'goes on'
        run-shell 'pwd > made; echo "$TERM" >> made' ; load-buffer made ; show-buffer
        run-shell -t work:0 'test -n "$HOME"'
    """,
    "files": r"""
        new-session -d -s work -x 80 -y 24 cat
        file a.conf: set -g @a one\nset -g @b "two #{x}"\n# comment\ndisplay-message -p from-file\n
        source-file a.conf
        show-options -gv @a ; show-options -gv @b
        file b.conf: set -g @a 1\nnonsense\nset -g @b 2\n
        source-file b.conf
        show-options -gv @b
        file c.conf: set -g @a c\nset -g status bad\nlist-windows -t none\nset -g @b c\n
        source-file c.conf
        show-options -gv @b
        file d.conf: if-shell -F 1 {\n  set -g @block yes\n  bind-key X {\n split-window\n new-window\n }\n}\n%if 1\nset -g @if yes\n%elif 0\nset -g @if elif\n%else\nset -g @if no\n%endif\n%hidden SECRET=1\nNAME=value\nset -g @name $NAME\n
        source-file d.conf
        show-options -gv @block ; show-options -gv @if ; show-options -gv @name ; list-keys -T prefix X ; show-environment -g NAME ; show-environment -gh
        file e.conf: set -g @a 'unterminated\n
        source-file e.conf
        file f.conf: set -g @a {\n
        source-file f.conf
        file g.conf: %if 1\nset -g @a g\n
        source-file g.conf
        file h.conf: set -g @line con\\\\\ntinued\nset -g @semi a \\; set -g @second b\n
        source-file h.conf
        show-options -gv @line ; show-options -gv @semi ; show-options -gv @second
        file i.conf: %else\n
        source-file i.conf
        file j.conf: set -g\nbind\nsplit-window -q\n
        source-file j.conf
        file k.conf: new-window -d cat; new-window -d -t nowhere cat; new-window -d cat\nnew-window -d cat\n
        source-file k.conf
        list-windows -F '#{window_index}'
        file nested.conf: source-file a.conf\nset -g @nested yes\n
        source-file nested.conf
        show-options -gv @nested
        source-file missing.conf
        source-file -q missing.conf
        source-file a.conf missing.conf
        show-options -gv @b
        source-file -n a.conf
        source-file -n b.conf
        source-file -F '#{l:a.conf}'
        file v.conf: set -g @a b\ndisplay -p hi ; rename-window x\n\nif -F 1 { set -g @x y }\n
        source-file -v v.conf
        source-file -nv v.conf
        source-file '[ac].conf'
        source-file 'z*.conf'
        source-file -q 'z*.conf'
        source-file
        file tilde.conf: set -g @home ~/x\nset -g @e "a\\tb\\u00e9"\nset -g @q 'a'"b"c\n
        source-file tilde.conf
        show-options -gv @home ; show-options -gv @e ; show-options -gv @q
        display-message -p '#{current_file}'
    """,
    "a configuration with errors": r"""
        file start.conf: set -g @ok 1\nnonsense\nset -g @not 2\n
        new-session -d -s work -x 80 -y 24 cat
        show-options -g @ok
        show-options -g @not
        show-messages
    """,
    "ending the server": r"""
        list-sessions
        kill-server
        start-server
        start-server ; list-sessions
        start-server ; set-option -s exit-empty off ; list-sessions
        list-sessions
        new-session -d -s work cat
        kill-server
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
