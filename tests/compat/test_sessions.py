"""Sessions: made, listed, named, grouped and ended as tmux does it."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "a second session that is given only a window's name": r"""
        new-session -d -s one -x 80 -y 24 cat
        new-session -d -n 'of #{session_name}' -x 80 -y 24 cat
        list-windows -a -F '#{session_name}:#{window_name}'
        has-session -t =1
    """,
    "making sessions": r"""
        new-session -d -s work -x 80 -y 24 cat
        list-sessions
        new-session -d -s work cat
        new-session -d -P -x 90 -y 30 cat
        new-session -d -P -F '#{session_id} #{session_name} #{window_width}x#{window_height}' -s other cat
        new-session -d -s 'a.b:c' -n 'win' -P -F '#{session_name}|#{window_name}' cat
        new-session -d -s '' cat
        new-session -d -s fixed -n named -c /usr cat
        until :/usr: display-message -p -t fixed '#{session_path} #{window_name} #{pane_start_path} :#{pane_current_path}'
        list-sessions -F '#{session_name} #{session_windows} #{session_attached} #{session_grouped}'
        list-sessions -f '#{m:f*,#{session_name}}' -F '#{session_name}'
        list-sessions -F '#{line} #{session_name}'
        list-windows -a -F '#{session_name} #{window_index} #{window_width}x#{window_height} #{window_name}'
        new-session -d -x 0 -y 10 cat
        new-session -d -x nine cat
        new-session -d -x 70000 cat
        new-session -d -y -3 cat
        new-session -d -x 5 -y 4 -s tiny -P -F '#{window_width}x#{window_height}' cat
        show-options -t tiny default-size
        show-options -t work default-size
        show-options -t fixed
        new-session -s shown cat
        new-session -A -s work
        new-session -A -d -s work -P -F '#{session_name}'
        has-session -t shown
        list-sessions -F '#{session_name}'
        attach-session -t work
        attach-session -t nothing
        new-session -d -f read-only -s flags cat
        list-sessions -F '#{session_name}'
    """,
    "environments of sessions": r"""
        new-session -d -s work -e ONE=1 -e TWO=a=b -e THREE cat
        show-environment -t work ONE
        show-environment -t work
        new-session -d -s out -e MARK=here 'echo "[$MARK]"; exec cat'
        until [here]: capture-pane -p -t out
        new-session -d -s clean -E cat
        show-environment -t clean
    """,
    "looking sessions up and ending them": r"""
        new-session -d -s alpha -x 80 -y 24 cat
        new-session -d -s alphabet -x 80 -y 24 cat
        new-session -d -s beta -x 80 -y 24 cat
        has-session -t alpha
        has-session -t =alph
        has-session -t =alpha
        has-session -t =alpha:
        has-session -t alphab
        has-session -t alph
        has-session -t b
        has-session -t 'be*'
        has-session -t '*t*'
        has-session -t '$1'
        has-session -t '$9'
        has-session -t '$x'
        has-session -t @1
        has-session -t %1
        has-session -t beta:0
        has-session -t beta:7
        has-session
        rename-session -t beta gamma
        rename-session -t alpha gamma
        rename-session -t gamma gamma
        rename-session -t gamma 'x.y:z'
        rename-session -t x_y_z ''
        rename-session -t x_y_z delta#{session_windows}
        list-sessions -F '#{session_name}'
        kill-session -t none
        kill-session -C -t alpha
        kill-session -t alphabet
        list-sessions -F '#{session_name}'
        new-session -d -s more -x 80 -y 24 cat
        kill-session -a -t more
        list-sessions -F '#{session_name}'
        kill-session -t more
    """,
    "grouped sessions": r"""
        new-session -d -s one -x 80 -y 24 cat
        new-window -d -t one -n second cat
        new-session -d -s two -t one
        list-sessions
        list-windows -a -F '#{session_name}:#{window_index} #{window_id} #{window_name} #{window_linked}'
        display-message -p -t two '#{session_group} #{session_grouped} #{session_group_size} #{session_group_list} #{session_group_attached}'
        new-window -d -t two -n third cat
        list-windows -t one -F '#{window_index} #{window_id} #{window_name}'
        select-window -t two:1
        list-windows -a -F '#{session_name}:#{window_index} #{window_active}'
        kill-window -t one:1
        list-windows -a -F '#{session_name}:#{window_index} #{window_active}'
        move-window -s one:2 -t one:5
        list-windows -a -F '#{session_name}:#{window_index} #{window_id}'
        swap-window -d -s two:0 -t two:5
        list-windows -a -F '#{session_name}:#{window_index} #{window_id}'
        new-session -d -s three -t two
        list-sessions -F '#{session_name} #{session_group} #{session_group_size}'
        new-session -d -s four -t group
        list-sessions -F '#{session_name} #{session_group} #{session_group_size}'
        new-session -d -t one -n bad
        new-session -d -t one cat
        new-session -d -t one -P
        kill-session -t one
        list-sessions -F '#{session_name} #{session_group} #{session_group_list}'
        unlink-window -t two:0
        list-windows -a -F '#{session_name}:#{window_index} #{window_id}'
        kill-session -t three
        kill-session -t four
        list-sessions -F '#{session_name} #{session_group} #{session_group_list}'
    """,
    "clients that are not there": r"""
        new-session -d -s work -x 80 -y 24 cat
        list-clients
        list-clients -t none
        list-clients -F '#{client_name}'
        switch-client -t work
        switch-client -n
        switch-client -c /dev/pts/999
        detach-client
        detach-client -t none
        detach-client -s work
        detach-client -s none
        detach-client -P -s work
        detach-client -E true -s work
        detach-client -a
        suspend-client
        suspend-client -t none
        refresh-client
        refresh-client -t none -S
        display-message hello
        display-message -c none hello
        command-prompt
        confirm-before kill-server
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)


def test_a_taken_name_is_refused(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("new-session", "-d", "-s", "work", "cat") == (0, "", "")
    assert run("new-session", "-d", "-s", "work") == (1, "", "duplicate session: work\n")


def test_a_server_without_sessions_ends(run: Callable[..., tuple[int, str, str]]) -> None:
    run("new-session", "-d", "-s", "only", "cat")
    assert run("kill-session", "-t", "only") == (0, "", "")
    status, output, _ = run("list-sessions")
    assert (status, output) == (1, "")
