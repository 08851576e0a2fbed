"""Which commands are audited, and what of their words: not what was typed or what it holds."""

from __future__ import annotations

from dataclasses import replace

from aimux.model.command_list import Arguments, BoundCommand, print_command

_ONLY_SHOW_BY = ("list-", "show-", "display-", "choose-")
_ONLY_SHOW = frozenset(
    {
        *("audit", "capture-pane", "clock-mode", "command-prompt", "confirm-before", "copy-mode"),
        *("customize-mode", "find-window", "has-session", "next-problem", "previous-problem"),
        *("read", "refresh-client", "results", "start-server", "suggest", "toggle-sidebar"),
        *("until", "wait-for"),
    }
)
_CHANGING = frozenset({"delete"})  # words that make a command that only shows one that changes
_HELD_BACK = {"send-keys": 0, "set-buffer": 0, "set-environment": 1}
"""Commands whose words are counted and not stored, and how many at the front are stored."""
_AGENT_ONLY_SHOWS = frozenset({"explain", "report", "wait"})


def audited_text(command: BoundCommand) -> str | None:
    """What the audit says of a command; None if it changes nothing."""
    name, arguments = command.name, command.arguments
    if name == "history":
        return print_command(command) if _CHANGING & set(arguments.texts()[:1]) else None
    if name in _ONLY_SHOW or name.startswith(_ONLY_SHOW_BY):
        return None
    if name == "send-keys" and arguments.has("X"):
        return None  # it moves in copy mode
    if name == "agent":
        return _of_agent(command)
    if name in _HELD_BACK:
        return _without_words(command, _HELD_BACK[name])
    return print_command(command)


def _of_agent(command: BoundCommand) -> str | None:
    """What an agent is told is not stored, and its own reports are no requests."""
    name = next(iter(command.arguments.texts()), "")
    if name in _AGENT_ONLY_SHOWS:
        return None
    return _without_words(command, 1) if name == "prompt" else print_command(command)


def _without_words(command: BoundCommand, shown: int) -> str:
    words = command.arguments.positional
    rest = len(words) - shown
    kept = replace(command, arguments=Arguments(command.arguments.flags, words[:shown]))
    text = print_command(kept)
    return f"{text} [{rest} not stored]" if rest > 0 else text
