"""Hooks as tmux runs them: after commands, and when something happened."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

LOG = "set-option -gaF @log '[#{hook} #{hook_session_name}#{hook_window}#{hook_pane}#{hook_client} at #{session_name}:#{window_index}.#{pane_id}]'"


def logged(*hooks: str) -> str:
    """Script lines: each of these hooks adds a line to the option @log."""
    return "\n".join(f'set-hook -g {hook} "{LOG}"' for hook in hooks)


def shown(*commands: str) -> str:
    """Script lines: after each command, what the hooks logged of it."""
    return "\n".join(
        f"{command}\nshow-options -gv @log\nset-option -g @log ''" for command in commands
    )


START = "new-session -d -s work -x 80 -y 24 cat\n"
AFTER = (
    *("after-bind-key", "after-capture-pane", "after-copy-mode", "after-display-message"),
    *("after-kill-pane", "after-list-sessions", "after-load-buffer", "after-new-session"),
    *("after-new-window", "after-paste-buffer", "after-rename-session", "after-rename-window"),
    *("after-resize-pane", "after-save-buffer", "after-select-layout", "after-select-pane"),
    *("after-select-window", "after-send-keys", "after-set-buffer", "after-set-environment"),
    *("after-show-environment", "after-split-window", "after-unbind-key", "after-pipe-pane"),
    *("after-lock-server",),
)
SCRIPTS = {
    "after commands": START
    + logged(*AFTER)
    + "\n"
    + shown(
        "new-window -d cat",
        "split-window cat",
        "split-window -d cat",
        "select-pane -t 0",
        "select-pane -t 0",
        "select-pane -m",
        "select-pane -T x",
        "select-pane -d",
        "last-pane",
        "select-window -t 1",
        "select-window -t 1",
        "next-window",
        "previous-window",
        "last-window",
        "select-window -t 9",
        "set-option -w @a b",
        "set-environment -g A b",
        "show-environment -g A",
        "if-shell -F 1 'rename-window x'",
        "bind-key x rename-window y",
        "unbind-key x",
        "send-keys a",
        "send-prefix",
        "capture-pane",
        "copy-mode",
        "display-message -p x",
        "paste-buffer",
        "resize-pane -y 5",
        "next-layout",
        "select-layout tiled",
        "new-session -d -s other cat",
        "rename-session -t other z",
        "has-session",
        "load-buffer /dev/null",
        "save-buffer /dev/null",
        "set-buffer x",
        "kill-pane",
        "pipe-pane",
        "rotate-window",
        "lock-server",
    ),
    "what an after hook knows": START
    + r"""
        set-hook -g after-rename-window "display-message -p '#{hook}|#{hook_arguments}|#{hook_argument_0}|#{hook_argument_1}|#{hook_flag_t}|#{hook_flag_t_0}|#{hook_flag_d}|'"
        rename-window -t work:0 'two words'
        set-hook -g after-new-window "display-message -p '#{hook}|#{hook_arguments}|#{hook_argument_0}|#{hook_flag_d}|#{session_name}|#{window_index}|#{pane_id}'"
        new-window -d -t work: cat
        new-window -d -n 'a b' cat ; display-message -p 'goes on' ; display-message -p '#{hook}.'
        set-hook -ga after-new-window 'display-message -p second'
        set-hook -g after-new-window[7] 'display-message -p seventh'
        set-hook -g after-new-window[5] 'kill-session -t nothing ; display-message -p never'
        new-window -d cat
        show-hooks -g after-new-window
        set-hook -gu after-new-window[5]
        new-window -d cat
        set-hook -gu after-new-window
        new-window -d cat
        set-hook after-new-window 'display-message -p own'
        new-session -d -s other cat
        new-window -d -t work: cat
        new-window -d -t other: cat
        new-window -d -t nothing: cat
        set-hook -g after-rename-window 'rename-window twice ; display-message -p once'
        rename-window x
        display-message -p '#{window_name}'
        set-hook -g after-split-window 'select-layout even-vertical ; display-message -p "#{pane_id}"'
        split-window -d cat ; display-message -p '#{pane_id}'
        set-hook -g after-new-window { if-shell -F 1 { display-message -p '#{hook_arguments}' } }
        new-window -d -t other: cat
    """,
    "layouts are told of as often": START
    + logged("window-layout-changed", "window-pane-changed", "window-linked")
    + "\n"
    + shown(
        "select-layout tiled",
        "split-window -d cat",
        "select-layout even-horizontal",
        "next-layout",
        "select-layout -p",
        "select-layout -E",
        "resize-pane -x 20",
        "select-layout -E",
        "last-pane",
        "rotate-window",
        "break-pane -d -n broken",
        "split-window -d cat",
        "break-pane -d",
    ),
    "what ends is told of in order": START
    + logged("window-unlinked", "session-closed", "pane-exited")
    + "\n"
    + r"""
        new-session -d -s two -n only 'exit 3'
        until session-closed: show-options -gv @log
        show-options -gv @log
        set-option -g @log ''
        new-session -d -s three cat
        kill-window -t three
        show-options -gv @log
        set-option -g @log ''
        new-session -d -s four cat
        kill-session -t four
        show-options -gv @log
    """,
    "modes": START
    + logged("pane-mode-changed")
    + "\n"
    + shown(
        "copy-mode",
        "copy-mode",
        "send-keys -X cancel",
        "copy-mode ; clock-mode",
        "copy-mode",
        "copy-mode -q",
        "choose-tree",
        "send-keys q",
        "kill-pane -a",
    ),
    "set-hook -R": START
    + r"""
        set-hook -g session-created 'display-message -p "#{hook} #{session_name} #{window_index}"'
        set-hook -R session-created
        set-hook -g @mine 'display-message -p "mine #{hook}"'
        set-hook -R @mine
        set-hook -R @nothing
        set-hook -R nonsense
        set-hook -R -t nowhere session-created
        set-hook -g session-renamed 'set-hook -R session-created'
        set-hook -R session-renamed
        set-hook -w window-renamed 'display-message -p window'
        set-hook -R window-renamed
        set-hook -p pane-died 'display-message -p pane'
        set-hook -R pane-died ; display-message -p done
        set-hook -gR
        set-hook -u nonsense x
    """,
    "sessions": START
    + logged(
        *("session-created", "session-closed", "session-renamed", "session-window-changed"),
        *("window-linked", "window-unlinked"),
    )
    + "\n"
    + shown(
        "new-window -d cat",
        "new-window -n x cat",
        "rename-session bar",
        "rename-session bar",
        "next-window",
        "select-window -t 2",
        "select-window -t 2",
        "move-window -s 1 -t 7",
        "link-window -d -s 2 -t 8",
        "unlink-window -t 8",
        "new-session -d -s two cat",
        "new-window -d -t two: cat",
        "kill-window -t two:1",
        "rename-session -t two three",
        "kill-session -t three",
        "kill-window",
        "split-window -d cat",
        "break-pane -d",
    ),
    "windows and panes": START
    + logged("pane-mode-changed", "pane-title-changed", "session-window-changed")
    + "\n"
    + "\n".join(
        f'set-hook -g {hook} "{LOG}"'
        for hook in ("window-renamed", "window-pane-changed", "window-layout-changed")
    )
    + "\n"
    + shown(
        "split-window cat",
        "split-window -d cat",
        "select-pane -t 0",
        "resize-pane -y 5",
        "resize-pane -y 5",
        "rename-window foo",
        "copy-mode",
        "send-keys -X cancel",
        "select-pane -T title",
    ),
    "ends": START
    + logged("pane-exited", "pane-died", "window-unlinked")
    + "\n"
    + r"""
        new-window -d 'exit 3'
        until window-unlinked: show-options -gv @log
        until ]: show-options -gv @log
        set-option -g @log ''
        set-option -g remain-on-exit on
        new-window -d 'exit 3'
        until pane-died: show-options -gv @log
    """,
    "a hook starts no hook": START
    + r"""
        set-hook -g session-renamed 'set-option -gaF @log "[#{hook_session_name}]" ; rename-session two'
        set-hook -g window-renamed 'set-option -gaF @log "[#{hook_window_name}]" ; rename-window again ; rename-session never'
        rename-session one
        list-sessions -F '#{session_name}'
        rename-session work
        show-options -gv @log
        set-option -g @log ''
        rename-window new
        show-options -gv @log
        list-sessions -F '#{session_name}'
        display-message -p '#{window_name}'
    """,
    "errors and waiting in hooks": START
    + r"""
        set-hook -g session-renamed 'kill-session -t nothing ; set-option -g @never 1'
        set-hook -g session-renamed[2] 'run-shell "sleep 0.1" ; set-option -gaF @log " waited #{hook_session_name}"'
        set-hook -g session-renamed[1] 'set-option -gF @log "early #{hook}"'
        rename-session one
        until waited one: show-options -gv @log
        show-options -gv @log
        show-options -gqv @never
        set-hook -g session-renamed 'nonsense'
        set-hook -g nonsense 'list-keys'
        set-hook nonsense
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
