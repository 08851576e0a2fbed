"""What tmux's plugins, oh-my-tmux and wrappers ask of tmux, by the name that they call it.

The commands, flags, formats and targets are those that were counted in tpm, tmux-resurrect,
tmux-continuum, tmux-sensible, tmux-yank, vim-tmux-navigator, oh-my-tmux, fzf-tmux and tmuxinator;
the command lines are our own.
"""

# ruff: noqa: E501  # a line of a script is a command line

from __future__ import annotations

from collections.abc import Callable

import pytest

START = "new-session -d -s work -n one -x 90 -y 30 cat"
RESURRECT_PANES = "pane\\t#{session_name}\\t#{window_index}\\t#{window_active}\\t:#{window_flags}\\t#{pane_index}\\t#{pane_title}\\t:#{pane_current_path}\\t#{pane_active}\\t#{pane_current_command}\\t#{history_size}"
RESURRECT_WINDOWS = "window\\t#{session_name}\\t#{window_index}\\t:#{window_name}\\t#{window_active}\\t:#{window_flags}\\t#{window_layout}"
STATE = "state\\t#{client_session}\\t#{client_last_session}\\t#{session_grouped}#{session_group}"
IS_VIM = "ps -o state= -o comm= -t '#{pane_tty}' | grep -iqE '^[^TXZ ]+ +(\\\\S+\\\\/)?g?(view|n?vim?x?)$'"
SCRIPTS = {
    "tpm": rf"""
        {START}
        start-server ; show-environment -g TMUX_PLUGIN_MANAGER_PATH
        set-environment -g TMUX_PLUGIN_MANAGER_PATH WORK/plugins/
        show-environment -g TMUX_PLUGIN_MANAGER_PATH
        start-server ; show-options -gqv @tpm_plugins
        set-option -g @plugin tmux-plugins/tpm ; show-options -gv @plugin
        show-options -gqv @tpm-install
        bind-key I run-shell WORK/install ; bind-key U run-shell WORK/update ; bind-key M-u run-shell WORK/clean
        list-keys -T prefix I
        list-keys -T prefix M-u
        show-options -gv mode-keys
        show-options -gqv mode-keys
        show-window-options -gv mode-keys
        run-shell 'tmux -V > version' ; run-shell 'tmux show-option -gqv @plugin > plugin'
        run-shell 'test "$(cat plugin)" = tmux-plugins/tpm && test "$(cat version)" = "tmux 3.3a" || exit 3'
        display-message 'TMUX environment reloaded.'
        display-message -p '#{{version}}'
        source-file -q WORK/none
    """,
    "sensible": rf"""
        {START}
        show-options -sv escape-time
        show-option -gv history-limit
        show-options -gv display-time
        show-option -gqv status-interval
        show-options -gv default-terminal
        show-options -sv default-terminal
        show-option -gv focus-events
        show-window-options -gv aggressive-resize
        set-option -s escape-time 0 ; show-options -s escape-time
        set-option -g history-limit 50000 ; set-option -g display-time 4000 ; set-option -g status-interval 5
        set-option -g status-keys emacs ; set-option -g focus-events on ; set-window-option -g aggressive-resize on
        show-options -gv status-keys ; show-options -gv focus-events ; show-window-options -gv aggressive-resize
        list-keys ; show-options -gv prefix
        bind-key C-p previous-window ; bind-key C-n next-window ; bind-key R run-shell 'tmux source-file ~/.tmux.conf'
        list-keys -T prefix C-p ; list-keys -T prefix R
        bind-key C-a last-window ; list-keys -T prefix C-a
    """,
    "resurrect saves": rf"""
        {START}
        split-window -h -t work:0 cat ; new-window -d -t work:2 -n 'two words' cat ; new-session -d -s other -x 70 -y 20 cat
        select-pane -t work:0.0 -T 'a title' ; new-session -d -s mate -t work
        list-panes -a -F '{RESURRECT_PANES}'
        list-windows -a -F '{RESURRECT_WINDOWS}'
        display-message -p '{STATE}'
        list-sessions -F '#{{session_grouped}}\t#{{session_group}}\t#{{session_id}}\t#{{session_name}}'
        show-window-options -t work:0 -v automatic-rename
        show-window-options -vt work:2 automatic-rename
        show-options -gqv @resurrect-capture-pane-contents
        show-option -gqv @resurrect-dir
        show-options -gqv @resurrect-processes
        capture-pane -epJ -S -10 -t work:0.0
        capture-pane -pJ -t work:0.1
        list-panes -t work:0.0 -F '#{{history_size}}'
        display-message -p -t work:0.0 '#{{cursor_y}} #{{pane_id}}'
        has-session -t =none
        has-session -t work
    """,
    "resurrect restores": rf"""
        {START}
        show-options -gv base-index ; show-options -gqv default-command
        has-session -t back
        new-session -d -s back -n first -c WORK -x 90 -y 30
        rename-window -t back:0 renamed
        split-window -t back:0 -c WORK cat
        resize-pane -t back:0 -U 999
        split-window -t back:0 -c WORK cat
        new-window -d -t back:3 -n third -c WORK cat
        select-layout -t back:0 '97ae,90x30,0,0[90x10,0,0,1,90x9,0,11,2,90x9,0,21,3]'
        select-layout -t back:0 tiled
        list-windows -t back -F '#{{window_index}} #{{window_name}} #{{window_layout}}'
        set-window-option -t back:3 automatic-rename off
        set-option -t back:3 automatic-rename on ; show-window-options -t back:3 -v automatic-rename
        set-option -u -t back:3 automatic-rename
        select-pane -t back:0.1 -T 'its title' ; select-pane -t back:0.1
        switch-client -t back
        switch-client -t none
        list-panes -t back:0 -F '#{{pane_index}} #{{pane_title}} #{{pane_active}}'
        set-option -g default-command 'cat' ; new-window -t back:7 ; set-option -gu default-command
        send-keys -t back:3.0 'a command' C-m
        until a command: capture-pane -p -t back:3.0
        kill-session -t back
        list-sessions -F '#{{session_name}}'
    """,
    "continuum": rf"""
        {START}
        show-options -gqv @continuum-restore
        show-option -gqv status-right
        set-option -gq status-right '#(WORK/continuum_save.sh)#{{status-right}}' ; show-options -gv status-right
        set-option -gq @continuum-save-last-timestamp 1700000000 ; show-options -gqv @continuum-save-last-timestamp
        show-options -gv @none
        display-message -p -F '#{{?#{{>:#{{start_time}},1000}},late,early}}'
        list-sessions -F '#{{session_name}}'
    """,
    "yank": rf"""
        {START}
        show-option -gqv @yank_selection
        show-options -gqv @override_copy_command
        show-option -gqv @copy_mode_yank
        bind-key -T copy-mode-vi y send-keys -X copy-pipe-and-cancel 'xsel -i --clipboard'
        bind-key -T copy-mode-vi Y send-keys -X copy-pipe-and-cancel 'tmux paste-buffer -p'
        bind-key -T copy-mode M-y send-keys -X copy-pipe-and-cancel "xsel -i --clipboard; tmux paste-buffer -p"
        bind-key -T copy-mode-vi MouseDragEnd1Pane send-keys -X copy-pipe-and-cancel 'xsel -i'
        bind-key y run-shell -b 'WORK/copy_line.sh' ; bind-key Y run-shell -b "WORK/copy_pane_pwd.sh"
        list-keys -T copy-mode-vi
        list-keys -T prefix y ; list-keys -T prefix Y
        display-message -p '#{{pane_current_path}}' ; display-message -p -F '#{{pane_current_path}}'
        set-buffer 'what was copied' ; show-buffer
        show-window-options -gv mode-keys ; set-window-option -g mode-keys vi ; show-options -wgv mode-keys
        copy-mode ; send-keys -X begin-selection ; send-keys -X copy-pipe-and-cancel cat ; display-message -p '#{{pane_in_mode}}'
    """,
    "vim-tmux-navigator": rf"""
        {START}
        split-window -h cat ; split-window -v cat
        display-message -p '#{{m:/dev/*,#{{pane_tty}}}}' ; list-panes -F '#{{pane_active}}'
        bind-key -n C-h if-shell "{IS_VIM}" "send-keys C-h" "select-pane -L"
        bind-key -n 'C-\' if-shell "{IS_VIM}" 'send-keys C-\\' 'select-pane -l'
        bind-key -T copy-mode-vi C-h select-pane -L
        list-keys -T root C-h
        list-keys -T root 'C-\'
        list-keys -T copy-mode-vi C-h
        if-shell "{IS_VIM}" "set -g @where vim" "set -g @where shell" ; show-options -gv @where
        select-pane -L ; display-message -p '#{{pane_index}}'
        select-pane -R ; display-message -p '#{{pane_index}}'
        select-pane -U ; display-message -p '#{{pane_index}}'
        select-pane -l ; display-message -p '#{{pane_index}}'
        select-pane -t .-1 ; display-message -p '#{{pane_index}} #{{pane_at_left}}'
        if-shell -F '#{{?pane_at_left,1,}}' "set -g @edge left" "set -g @edge none" ; show-options -gv @edge
        if-shell -F '#{{window_zoomed_flag}}' '' 'select-pane -D' ; display-message -p '#{{pane_index}}'
    """,
    "oh-my-tmux": rf"""
        {START}
        set-environment -g TMUX_VERSION 33 ; show-environment -g TMUX_VERSION
        set-environment -gh TMUX_HIDDEN x ; show-environment -gh TMUX_HIDDEN
        run-shell 'tmux display-message -p "#{{pid}}" | grep -q "^[0-9][0-9]*$"'
        run-shell 'tmux display-message -p "#{{socket_path}},#{{version}}" | grep -q ",3.3a$"'
        run-shell 'tmux set -g @in_shell "$(tmux display -p "#{{session_name}}")"' ; show-options -gv @in_shell
        set-option -g status-left '#{{?client_prefix,#[reverse],}} #S ' ; display-message -p '#{{E:status-left}}'
        if-shell '[ -n "$TMUX_VERSION" ]' 'set -g @seen yes' 'set -g @seen no' ; show-options -gv @seen
        new-session -d -s second -x 100 -y 20 cat ; display-message -p -t second '#{{window_width}}x#{{window_height}}'
        set-option -ga status-right ' more' ; show-options -gv status-right
        set-option -gF @now '#{{session_name}}' ; show-options -gv @now
        bind-key -T prefix m run-shell 'tmux set -g mouse on' ; list-keys -T prefix m
        refresh-client -S
        list-keys -T copy-mode-vi v
        unbind-key -T copy-mode-vi v ; list-keys -T copy-mode-vi v
    """,
    "fzf-tmux": rf"""
        {START}
        list-panes -F '#F'
        display-message -p '#F #{{pane_in_mode}} #{{window_zoomed_flag}}'
        set-option -p remain-on-exit off ; show-options -p remain-on-exit
        show-window-options synchronize-panes
        set-option -p synchronize-panes off ; show-options -pv synchronize-panes
        split-window -l 40% -c WORK 'cat > /dev/null' ; list-panes -F '#{{pane_height}} #{{pane_active}}'
        split-window -h -p 30 'cat' ; list-panes -F '#{{pane_width}}x#{{pane_height}}'
        swap-pane -D ; select-pane -U ; display-message -p '#{{pane_index}}'
        send-keys -t %0 C-l ; kill-pane -t %1 ; list-panes -F '#D'
    """,
    "tmuxinator": r"""
        start-server ; show-option -g base-index
        new-session -d -s work -n edit -x 90 -y 30 cat
        show-options -gv base-index ; show-window-options -gv pane-base-index
        new-window -c WORK -t work:1 -n server cat ; new-window -c WORK -t work:2 -n logs cat
        split-window -c WORK -t work:0 cat ; select-layout -t work:0 tiled ; split-window -c WORK -t work:0 cat
        select-layout -t work:0 tiled ; select-layout -t work:0 main-vertical
        send-keys -t work:0.0 'echo one' C-m ; send-keys -t work:1 'echo two' C-m ; send-keys -t work:server.0 -l 'literal'
        select-window -t work:0 ; select-pane -t work:0.0
        list-windows -t work -F '#I:#W #{window_layout} #{window_active}'
        until literal: capture-pane -p -t work:server
        new-session -d -s work cat
        kill-session -t work
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_both_programs_answer_the_same(same_by_name: Callable[[str], None], script: str) -> None:
    same_by_name(script)
