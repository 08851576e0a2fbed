"""display-message and the server's own messages as tmux has them."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "printing": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-message -p hello
        display-message -p ''
        display-message -p -F '#{session_name}'
        display-message -p -F '#{session_name}' again
        display-message -p a b
        display-message -p -t work:0.0 '#{pane_id}'
        display-message -p -t nothing '#{pane_id}'
        display-message -p -t %9 '[#{pane_id}]'
        display-message -p -c none 'x'
        display-message -p -d 100 'delayed'
        display-message -p -d x 'delayed'
        display-message -d x 'delayed'
        display-message -p '%Y-%% #{l:%H}'
        display-message -p -N 'x'
        display-message -p '#{nothing} #{@nothing} #{session_name'
        display-message -p '#(echo job)'
        display-message -p 'one' ; display-message -p 'two'
        show-messages -J
        show-messages -T
    """,
    "the steps of an expansion": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-message -pv plain
        display-message -pv ''
        display-message -pv 'a #{session_name} #S #{nothing} %%'
        display-message -v 'a #{session_name}'
        display-message -pv '#{?window_active,#{l:x},no} #{?nothing,a,b} #{?#{==:a,b},c,d}'
        display-message -pv '#{=3:session_name} #{p8:session_name} #{n:session_name} #{w:#{l:xy}}'
        display-message -pv '#{s/w/b/:session_name} #{!=:#{session_name},#{l:x}}'
        display-message -pv '#{T:#{l:%%H}} #{b:pane_current_path'
    """,
    "the steps of loops, of arithmetic and of what is wrong": r"""
        new-session -d -s work -n win -x 80 -y 24 cat
        split-window cat ; new-window -d -n other cat
        display-message -pv '#{W:#{window_name},<#{window_name}>} #{S:#{session_name}}'
        display-message -pv '#{P:#{pane_index},a} #{C:abc} ###[fg]x #, #} ####'
        display-message -pv '#{e|+:1,2} #{e|/|f|3:1,2} #{e|x|:#{session_name},2}'
        display-message -pv '#{e|+:a,2}'
        display-message -pv '#{e|+:1,b}'
        display-message -pv '#{e|/|f|x:1,2}'
        display-message -pv '#{e|+:1}'
        display-message -pv '#{==:a}'
        display-message -pv '#{?a}'
        display-message -pv '#{?a,b}'
    """,
    "messages of the server": r"""
        new-session -d -s work -x 80 -y 24 cat
        show-messages -t none
        display-message lost
        show-messages
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
