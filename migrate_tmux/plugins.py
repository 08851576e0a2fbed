"""Plugins that people load: what of them aimux does by itself, and how the others are started."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TMUX_CALL = re.compile(r"(?:^|[\s;|&($`'\"{])tmux(?=\s+[-a-z\"'$\\])")
_TMUX_VARIABLE = "TMUX_PROGRAM"  # by which oh-my-tmux calls it
_PLUGIN_SCRIPT = re.compile(r"/([^/\s'\"]+)/[^/\s'\"]+\.tmux\b")
_TPM = re.compile(r"/tpm(?:/tpm)?\b|\btpm/bin/|tmux-plugins/tpm")


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that aimux does not load.

    Attributes:
        instead: What aimux does instead, and what it does not.
        lines: Commands that do what the plugin does; they are taken where it is installed.
        replaced: Whether nothing of what it is for is lost.
    """

    instead: str
    lines: tuple[str, ...] = ()
    replaced: bool = True


def _default(option: str, default: str, value: str, flag: str = "-g") -> str:
    """tmux-sensible sets an option only where it has its default."""
    condition = f"#{{==:#{{{option}}},{default}}}"
    return f"if-shell -F '{condition}' 'set-option {flag} {option} {value}'"


_IS_VIM = "#{m/ri:^[.]?g?(view|l?n?vim?x?|fzf)(diff)?(-wrapped)?$,#{pane_current_command}}"


def _navigating(key: str, direction: str) -> tuple[str, ...]:
    return (
        f"bind-key -n '{key}' if-shell -F '{_IS_VIM}' {{ send-keys '{key}' }}"
        f" {{ select-pane -{direction} }}",
        f"bind-key -T copy-mode-vi '{key}' select-pane -{direction}",
    )


KNOWN = {
    "tpm": Plugin("no plugin manager is needed: what aimux has not built in is started without it"),
    "tmux-sensible": Plugin(
        "its settings stand in config.toml",
        lines=(
            _default("escape-time", "500", "0", "-s"),
            _default("history-limit", "2000", "50000"),
            _default("display-time", "750", "4000"),
            _default("status-interval", "15", "5"),
            "set-option -g status-keys emacs",
            "set-option -g focus-events on",
            "set-option -gw aggressive-resize on",
            "bind-key C-p previous-window",
            "bind-key C-n next-window",
        ),
    ),
    "tmux-yank": Plugin(
        "copying sets the terminal's clipboard (OSC 52, option set-clipboard), also over SSH;"
        " its keys prefix y and Y are not bound",
        lines=(
            "bind-key -T copy-mode-vi y send-keys -X copy-selection-and-cancel",
            "bind-key -T copy-mode y send-keys -X copy-selection-and-cancel",
        ),
    ),
    "vim-tmux-navigator": Plugin(
        "C-h, C-j, C-k, C-l and C-\\ go to vim where it runs, else to the pane beside",
        lines=(
            *_navigating("C-h", "L"),
            *_navigating("C-j", "D"),
            *_navigating("C-k", "U"),
            *_navigating("C-l", "R"),
            *_navigating("C-\\", "l"),
        ),
    ),
    "tmux-resurrect": Plugin(
        "prefix C-s saves all sessions (save-sessions), C-r brings them back (restore-sessions);"
        " aimux load-layout reads resurrect's own save files, too",
        lines=("bind-key C-s save-sessions", "bind-key C-r restore-sessions"),
    ),
    "tmux-continuum": Plugin(
        "autosave-interval saves all sessions every so many minutes and at the server's end,"
        " autosave-restore brings them back at its start; nothing is started at boot",
        lines=(
            "if-shell -F '#{@continuum-save-interval}'"
            " 'set-option -sF autosave-interval \"#{@continuum-save-interval}\"'"
            " 'set-option -s autosave-interval 15'",
            "if-shell -F '#{==:#{@continuum-restore},on}' 'set-option -s autosave-restore on'",
        ),
    ),
    "tmux-battery": Plugin(
        "its formats (#{battery_percentage}, #{battery_icon} ...) are aimux's own, with its options"
    ),
    "tmux-prefix-highlight": Plugin(
        "#{prefix_highlight} is a format of aimux's own, with its options"
    ),
}


def plugin_name(repository: str) -> str:
    """The name of the directory of a plugin, given `owner/name`, an address or `...#branch`."""
    return repository.partition("#")[0].rstrip("/").rpartition("/")[2].removesuffix(".git")


def is_tpm(shell_command: str) -> bool:
    """Whether a shell command starts or installs the plugin manager."""
    return _TPM.search(shell_command) is not None


def plugin_of_script(shell_command: str) -> str | None:
    """The plugin whose `.tmux` file a shell command runs, or None."""
    found = _PLUGIN_SCRIPT.search(shell_command)
    return found[1] if found else None


def calls_tmux(text: str) -> bool:
    """Whether a shell command, or a format with `#()`, seems to run the program tmux."""
    return _TMUX_VARIABLE in text or _TMUX_CALL.search(text) is not None


def starting(names: Iterable[str], directory: str) -> str:
    """The command that starts plugins without their manager, where they are installed."""
    listed = " ".join(names)
    script = (
        f'for plugin in {listed}; do for file in "{directory}/$plugin/"*.tmux;'
        ' do [ -x "$file" ] && "$file"; done; done; true'
    )
    return f"run-shell -b '{script}'"
