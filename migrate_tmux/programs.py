"""The program in the foreground of a terminal, and which programs may be started again."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

# What shows a file or a state and does nothing by being started again (tmux-resurrect's list).
RESTARTED = frozenset(
    {
        *("vi", "vim", "nvim", "view", "emacs", "nano", "helix", "hx", "micro", "kak"),
        *("man", "less", "more", "tail", "top", "htop", "btop", "watch"),
        *("irssi", "weechat", "mutt", "neomutt", "lazygit", "tig", "ranger", "nnn", "yazi"),
    }
)
SHELLS = frozenset(
    {"ash", "bash", "csh", "dash", "elvish", "fish", "ksh", "nu", "sh", "tcsh", "zsh"}
)
_SYNTAX = re.compile(r"[;&|<>()$`*?\[\]{}~#=\n]")
_GROUP_FIELD = 5  # of the fields behind the name in /proc/PID/stat: tpgid, proc(5)


def foreground_words(pid: int) -> tuple[str, ...]:
    """The command line of the foreground program of the terminal that a process runs on.

    Empty for an idle shell, and where the system does not say.
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        group = stat.rpartition(")")[2].split()[_GROUP_FIELD]
        data = Path(f"/proc/{group}/cmdline").read_bytes()
    except (OSError, IndexError):
        return ()
    words = tuple(word.decode(errors="replace") for word in data.rstrip(b"\0").split(b"\0"))
    if program_name(words) not in SHELLS:
        return words
    return _of_shell(words) if words[1:2] == ("-c",) else ()


def _of_shell(words: tuple[str, ...]) -> tuple[str, ...]:
    """What `sh -c LINE` runs: the line's own words if the shell does nothing else for it."""
    line = words[2] if len(words) > 2 else ""
    if _SYNTAX.search(line):
        return words
    try:
        return tuple(shlex.split(line))
    except ValueError:
        return words


def program_name(words: tuple[str, ...]) -> str:
    """The bare name of a command line's program, without the `-` of a login shell."""
    return Path(words[0]).name.lstrip("-") if words and words[0] else ""


def may_restart(words: tuple[str, ...]) -> bool:
    """Whether a program is on the list of those that are started again."""
    return program_name(words) in RESTARTED


def command_line(words: tuple[str, ...]) -> str:
    """The words as a line for a shell."""
    return shlex.join(words)
