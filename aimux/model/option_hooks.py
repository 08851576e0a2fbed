"""The hooks of tmux 3.3a: options whose items are commands that run when something happened."""

from aimux.model.option_row import WINDOW_AND_PANE, OptionRow, RowMaker, Scope

_SESSION = RowMaker(Scope.SESSION)
_WINDOW = RowMaker(Scope.WINDOW)
_PANE = RowMaker(WINDOW_AND_PANE)

_AFTER_COMMANDS = (
    *("bind-key", "capture-pane", "copy-mode", "display-message", "display-panes", "kill-pane"),
    *("list-buffers", "list-clients", "list-keys", "list-panes", "list-sessions", "list-windows"),
    *("load-buffer", "lock-server", "new-session", "new-window", "paste-buffer", "pipe-pane"),
    *("queue", "refresh-client", "rename-session", "rename-window", "resize-pane"),
    *("resize-window", "save-buffer", "select-layout", "select-pane", "select-window"),
    *("send-keys", "set-buffer", "set-environment", "set-hook", "set-option", "show-environment"),
    *("show-messages", "show-options", "split-window", "unbind-key"),
)


def _after(command: str) -> OptionRow:
    return _SESSION.hook(f"after-{command}", f"Runs after {command}.")


HOOKS = (
    *(_after(command) for command in _AFTER_COMMANDS),
    *(
        _PANE.hook(f"agent-{name}", f"Runs when a pane's agent {text}.", is_addition=True)
        for name, text in (
            ("context", "has filled 80 or 95 percent of its context"),
            ("done", "has finished a turn"),
            ("error", "has failed"),
            ("limited", "has reached a limit"),
            ("waiting", "waits for a person"),
        )
    ),
    _SESSION.hook("alert-activity", "Runs when a monitored window has activity."),
    _SESSION.hook("alert-bell", "Runs when a monitored window rings the bell."),
    _SESSION.hook("alert-silence", "Runs when a monitored window has been silent."),
    _SESSION.hook("client-active", "Runs when a client becomes its session's latest."),
    _SESSION.hook("client-attached", "Runs when a client is attached."),
    _SESSION.hook("client-detached", "Runs when a client is detached."),
    _SESSION.hook("client-focus-in", "Runs when a client's terminal gets the focus."),
    _SESSION.hook("client-focus-out", "Runs when a client's terminal loses the focus."),
    _SESSION.hook("client-resized", "Runs when a client's terminal has another size."),
    _SESSION.hook("client-session-changed", "Runs when a client shows another session."),
    _PANE.hook(
        "command-finished", "Runs when a command in a pane's shell has ended.", is_addition=True
    ),
    _PANE.hook("tests-failed", "Runs when tests in a pane's shell have failed.", is_addition=True),
    _PANE.hook("pane-died", "Runs when the program of a pane that remains has ended."),
    _PANE.hook("pane-exited", "Runs when the program of a pane has ended."),
    _PANE.hook("pane-focus-in", "Runs when a pane gets the focus."),
    _PANE.hook("pane-focus-out", "Runs when a pane loses the focus."),
    _PANE.hook("pane-mode-changed", "Runs when a pane enters or leaves a mode."),
    _PANE.hook("pane-set-clipboard", "Runs when a program in a pane sets the clipboard."),
    _PANE.hook("pane-title-changed", "Runs when a pane has another title."),
    _SESSION.hook("session-closed", "Runs when a session has ended."),
    _SESSION.hook("session-created", "Runs when a session was made."),
    _SESSION.hook("session-renamed", "Runs when a session has another name."),
    _SESSION.hook("session-window-changed", "Runs when another window of a session is current."),
    _WINDOW.hook("window-layout-changed", "Runs when a window's layout has changed."),
    _SESSION.hook("window-linked", "Runs when a window was linked to a session."),
    _WINDOW.hook("window-pane-changed", "Runs when another pane of a window is active."),
    _WINDOW.hook("window-renamed", "Runs when a window has another name."),
    _WINDOW.hook("window-resized", "Runs when a window has another size."),
    _SESSION.hook("window-unlinked", "Runs when a window was unlinked from a session."),
)
