"""Plugins that people load: what of them aimux does by itself, and how the others are started."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TMUX_CALL = re.compile(r"(?:^|[\s;|&($`'\"{])tmux(?=\s+[-a-z\"'$\\])")
_PLUGIN_SCRIPT = re.compile(r"/([^/\s'\"]+)/[^/\s'\"]+\.tmux\b")
_TPM = re.compile(r"/tpm(?:/tpm)?\b|\btpm/bin/|tmux-plugins/tpm")


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin that is not loaded.

    Attributes:
        instead: What aimux does instead.
        replaces: Whether aimux really does its work; if not, it is reported as dropped.
    """

    instead: str
    replaces: bool = True


KNOWN = {
    "tpm": Plugin("no plugin manager is needed; plugins that aimux has not built in are started"),
    "tmux-sensible": Plugin(
        "its settings are aimux's defaults or harmless: UTF-8, a short escape-time, mouse"
    ),
    "tmux-yank": Plugin(
        "copying sets the terminal's clipboard (OSC 52, option set-clipboard), also over SSH"
    ),
    "tmux-pain-control": Plugin(
        "its keys are not bound; bind-key h, j, k, l, | and - bring them", replaces=False
    ),
    "vim-tmux-navigator": Plugin(
        "its keys C-h, C-j, C-k, C-l and C-\\ are not bound: bind them with if-shell -F on"
        " '#{pane_current_command}'",
        replaces=False,
    ),
    "tmux-resurrect": Plugin(
        "aimux freeze-layout saves a session, aimux load-layout restores it and also reads"
        " resurrect's save files; the keys prefix C-s and prefix C-r are not bound"
    ),
    "tmux-continuum": Plugin(
        "nothing is saved by itself in this version: run aimux freeze-layout", replaces=False
    ),
    "tmux-logging": Plugin("pipe-pane and capture-pane -S - do it by hand", replaces=False),
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
    return _TMUX_CALL.search(text) is not None


def start_of(name: str, directory: str) -> str:
    """The shell command that starts a plugin without its manager, where it is installed."""
    return f'for f in "{directory}/{name}/"*.tmux; do [ -x "$f" ] && "$f"; done; true'
