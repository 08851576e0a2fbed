"""Options, hooks and environments: set, refused and shown as tmux does it."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

SCRIPTS = {
    "all options": r"""
        new-session -d -s work -x 80 -y 24 cat
        show-options -g
        show-options -s
        show-options -gw
        show-options
        show-options -w
        show-options -p
        show-options -A
        show-options -Aw
        show-options -Ap
        show-window-options -g
        show-window-options
        show-options -gv status-left
        show-hooks -g
        show-hooks
        show-hooks -gw
        show-options -gH
    """,
    "setting and unsetting": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-option status-left 'a "quoted" $HOME #{x}' ; show-options status-left
        show-options -v status-left
        show-options -g status-left
        set-option -a status-left ' more' ; show-options -v status-left
        set-option -u status-left ; show-options status-left
        show-options -A status-left
        set-option -g @mine 'a value' ; show-options -g @mine
        set-option @mine 'own' ; show-options @mine ; show-options -v @mine
        set-option -o @mine 'again'
        set-option -oq @mine 'again'
        set-option -ga @mine ' added' ; show-options -gv @mine
        set-option -F @now '#{session_name} #{window_width}' ; show-options -v @now
        set-option -wF @now '#{window_id}' ; show-options -wv @now
        set-option -p @now 'pane' ; show-options -pv @now
        set-option -U @now
        show-options -p
        show-options -w
        set-option -g status maybe
        set-option -g status off ; show-options -g status
        set-option -g status ; show-options -g status
        set-option -g status ; show-options -g status
        set-option -g renumber-windows ; show-options -g renumber-windows
        set-option -g renumber-windows perhaps
        set-option -g renumber-windows yes ; show-options -gv renumber-windows
        set-option -g renumber-windows 0 ; show-options -gv renumber-windows
        set-option -g history-limit -5
        set-option -g history-limit many
        set-option -g history-limit 5000 ; show-options -gv history-limit
        set-option -g history-limit 99999999999
        set-option -g status-style 'bg=nonsense'
        set-option -g status-style 'bg=red,bold' ; show-options -g status-style
        set-option -ga status-style 'fg=blue' ; show-options -g status-style
        set-option -g prefix C-a ; show-options -g prefix
        set-option -g prefix nonsense
        set-option -g display-panes-colour purple
        set-option -g display-panes-colour '#ff0000' ; show-options -g display-panes-colour
        set-option -g default-shell /nonexistent
        set-option -g default-size 100x
        set-option -g default-size 100x40 ; show-options -g default-size
        set-option nothing 1
        set-option -q nothing 1
        set-option -g window-st 1
        set-option -g s 1
        set-option -g status-interval ; show-options -g status-interval
        set-option status-left
        set-option -g word-sep ' ' ; show-options -g word-separators
        set-option -t nowhere status off
        set-option -w -t nowhere aggressive-resize on
        set-option -p -t %99 remain-on-exit on
        set-option -p -t %0 remain-on-exit on ; show-options -p -t %0
        set-option -w mode-keys vi ; show-options -w mode-keys ; show-options -w
        set-window-option mode-keys emacs ; show-window-options mode-keys
        set-window-option -g mode-keys vi ; show-window-options -gv mode-keys
        set-window-option -u mode-keys ; show-window-options
        set-window-option -t 5 mode-keys vi
        set-option -s escape-time 10 ; show-options -s escape-time ; show-options -sv escape-time
        set-option -gu status-style ; show-options -g status-style
        set-option -g status-position nowhere
        set-option -g status 5 ; show-options -g status
        set-option -g status 6
        show-options nothing
        show-options -q nothing
        show-options -g @unknown
        show-options @unknown
        show-options -q @unknown
        show-options -gv 'status-format[0]'
        show-options -t nowhere
        show-options -v
        set-option
        set-option a b c
    """,
    "arrays": r"""
        new-session -d -s work -x 80 -y 24 cat
        show-options -s command-alias
        set-option -s 'command-alias[50]' 'll=list-sessions -F "#{session_name}"' ; show-options -s command-alias
        ll
        set-option -s command-alias[50] ; ll
        set-option -su 'command-alias[1]' ; show-options -s command-alias
        set-option -sa command-alias 'x=list-windows' ; show-options -s command-alias
        set-option -su command-alias ; show-options -s command-alias
        set-option -g update-environment 'A B,C' ; show-options -g update-environment
        set-option -ga update-environment 'D' ; show-options -g update-environment
        set-option -g 'update-environment[7]' 'E' ; show-options -g 'update-environment[7]' ; show-options -gv update-environment
        show-options -g 'update-environment[99]'
        set-option -g 'status-left[0]' 'E'
        set-option -s terminal-features '' ; show-options -s terminal-features
        set-option -as terminal-features ',xterm*:RGB' ; show-options -s terminal-features
        set-option -s user-keys[0] "\\e[9;9~" ; show-options -s user-keys
        set-option -g status-format[1] 'second' ; show-options -g 'status-format[1]'
        set-option -gu status-format ; show-options -gv 'status-format[1]'
    """,
    "hooks": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-hook -g after-new-window 'display-message hi' ; show-hooks -g after-new-window
        set-hook -ga after-new-window 'display-message there' ; show-hooks -g after-new-window
        set-hook -g 'after-new-window[5]' { list-windows ; list-panes } ; show-options -g after-new-window
        set-hook session-renamed 'run-shell "true"' ; show-hooks
        set-hook -w pane-exited 'list-panes' ; show-hooks -w
        set-hook -u session-renamed ; show-hooks
        set-hook -gu after-new-window ; show-hooks -g after-new-window
        set-hook -g nothing 'list-panes'
        set-hook -g status off
        set-hook -g after-new-window 'nonsense'
        set-hook -g after-new-window
        show-hooks nothing
        show-hooks -g alert-bell
        set-hook -g alert-bell 'display-message -p rung' ; set-hook -gR alert-bell
        set-hook -gw pane-died 'display-message -p died' ; set-hook -R pane-died
        set-hook -R after-new-window
    """,
    "environments": r"""
        new-session -d -s work -x 80 -y 24 cat
        set-environment ONE 1 ; show-environment ONE
        set-environment -g GLOBAL 'a "b" $c' ; show-environment -g GLOBAL ; show-environment -gs GLOBAL
        show-environment -s ONE
        set-environment -h HIDDEN x ; show-environment -h ; show-environment -h HIDDEN ; show-environment HIDDEN
        set-environment -r ONE ; show-environment ONE ; show-environment -s ONE
        set-environment -u ONE ; show-environment ONE
        set-environment -F EXPANDED '#{session_name}' ; show-environment EXPANDED
        set-environment
        set-environment NAME
        set-environment '' value
        set-environment A=B value
        set-environment -u NAME value
        set-environment -r NAME value
        set-environment -t nowhere A b
        show-environment -t nowhere
        show-environment -g NOTHING
        show-environment
        show-environment -s
        new-window 'echo "[$GLOBAL]"; exec cat'
        until [a "b" $c]: capture-pane -p
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
