"""What older tmux versions understood, and how aimux (as tmux 3.3a) says it: tables.

Sources: tmux's CHANGES file, sections 1.8 to 3.3, and the manual pages of those versions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from aimux.model.quoting import quote_argument

# Styles that were three options each before 2.9 (status-fg and status-bg still are options).
STYLED = (
    "message",
    "message-command",
    "mode",
    "pane-active-border",
    "pane-border",
    "status",
    "status-left",
    "status-right",
    "window-status",
    "window-status-activity",
    "window-status-bell",
    "window-status-current",
    "window-status-last",
)
MOUSE = ("mode-mouse", "mouse-resize-pane", "mouse-select-pane", "mouse-select-window")
MOUSE_ON = frozenset({"on", "copy-mode", "1", "yes"})

ALWAYS_UTF8 = "UTF-8 is always on"
ALWAYS_XTERM = "modified keys are always sent as xterm sends them"
ALWAYS_SO = frozenset({ALWAYS_UTF8, ALWAYS_XTERM})
# Options that are gone, and why.
GONE_OPTIONS = {
    "utf8": ALWAYS_UTF8,
    "status-utf8": ALWAYS_UTF8,
    "mouse-utf8": ALWAYS_UTF8,
    "xterm-keys": ALWAYS_XTERM,
    "default-path": "removed in tmux 1.9; bind keys with -c '#{pane_current_path}' instead",
    "monitor-content": "removed in tmux 2.1",
    "visual-content": "removed in tmux 2.1",
    "c0-change-trigger": "removed in tmux 2.1",
    "c0-change-interval": "removed in tmux 2.1",
}
# Modes whose keys were bound with `bind -t TABLE` before 2.4.
COPY_TABLES = {"vi-copy": "copy-mode-vi", "emacs-copy": "copy-mode"}
GONE_TABLES = {
    "vi-edit": "keys of the command prompt cannot be bound since tmux 2.4",
    "emacs-edit": "keys of the command prompt cannot be bound since tmux 2.4",
    "vi-choice": "keys of choosers cannot be bound since tmux 2.4",
    "emacs-choice": "keys of choosers cannot be bound since tmux 2.4",
    "vi-choose": "keys of choosers cannot be bound since tmux 2.4",
    "emacs-choose": "keys of choosers cannot be bound since tmux 2.4",
}
# Commands of the old tables that are called otherwise now; the others kept their names.
COPY_COMMANDS = {
    "copy-end-of-line": "copy-end-of-line-and-cancel",
    "copy-line": "copy-line-and-cancel",
    "copy-pipe": "copy-pipe-and-cancel",
    "copy-selection": "copy-selection-and-cancel",
}
# Commands that asked in the status line by themselves, with what they ask now.
COPY_PROMPTS = {
    "goto-line": ("-p", "(goto line)", 'send-keys -X goto-line -- "%%"'),
    "jump-backward": ("-1p", "(jump backward)", 'send-keys -X jump-backward -- "%%"'),
    "jump-forward": ("-1p", "(jump forward)", 'send-keys -X jump-forward -- "%%"'),
    "jump-to-backward": ("-1p", "(jump to backward)", 'send-keys -X jump-to-backward -- "%%"'),
    "jump-to-forward": ("-1p", "(jump to forward)", 'send-keys -X jump-to-forward -- "%%"'),
    "search-backward": ("-p", "(search up)", 'send-keys -X search-backward -- "%%"'),
    "search-forward": ("-p", "(search down)", 'send-keys -X search-forward -- "%%"'),
}
GONE_COMMANDS = {
    "choose-list": "removed in tmux 2.4; display-menu does its work",
}


# `bind {`: the braces are no keys but blocks since 3.0, unless they are quoted.
_BRACE_KEY = re.compile(
    r"^(\s*(?:un)?bind(?:-key)?(?:\s+-(?:[nrq]+|[Tt]\s+\S+))*\s+)([{}])(?=\s|$)", re.MULTILINE
)
BRACES = "{ and } as keys are quoted, which tmux needs since 3.0"


def quote_brace_keys(text: str) -> str:
    """A file's text with `{` and `}` quoted where they are the keys of bindings."""
    return _BRACE_KEY.sub(r"\1'\2'", text)


@dataclass(frozen=True, slots=True)
class Translation:
    """What an old command means.

    Attributes:
        words: The command that says it now; empty if nothing has to be said.
        remark: Why.
    """

    words: tuple[str, ...]
    remark: str

    @property
    def text(self) -> str:
        """The command as a line."""
        return " ".join(quote_argument(word) for word in self.words)


def translate_option(name: str, value: str | None) -> Translation | None:
    """What setting an option of an older tmux means; None if it is none that is known."""
    if name in GONE_OPTIONS:
        return Translation((), GONE_OPTIONS[name])
    if name in MOUSE:
        state = "on" if (value or "off") in MOUSE_ON else "off"
        return Translation(("set-option", "-g", "mouse", state), "one option since tmux 2.1")
    return _translate_style(name, value or "default")


def _translate_style(name: str, value: str) -> Translation | None:
    name = name.replace("window-status-alert", "window-status-bell")
    base, _, part = name.rpartition("-")
    if base not in STYLED or part not in {"fg", "bg", "attr"}:
        return None
    style = value if part == "attr" else f"{part}={value}"
    words = ("set-option", "-ag", f"{base}-style", style)
    return Translation(words, f"part of {base}-style since tmux 2.9")


def translate_copy_key(
    table: str, key: str, command: tuple[str, ...], *, unbinds: bool
) -> Translation | None:
    """What `bind-key -t TABLE KEY COMMAND` or `unbind-key -t TABLE KEY` means; None if unknown."""
    if table in GONE_TABLES:
        return Translation((), GONE_TABLES[table])
    if table not in COPY_TABLES:
        return None
    new, remark = COPY_TABLES[table], "key tables have other names since tmux 2.4"
    if unbinds:
        return Translation(("unbind-key", "-T", new, key), remark)
    if not command:
        return None
    if command[0] in COPY_PROMPTS and len(command) == 1:
        flag, prompt, template = COPY_PROMPTS[command[0]]
        words = ("bind-key", "-T", new, key, "command-prompt", flag, prompt, template)
        return Translation(words, remark)
    name = COPY_COMMANDS.get(command[0], command[0])
    return Translation(("bind-key", "-T", new, key, "send-keys", "-X", name, *command[1:]), remark)
