"""Which commands are audited, and what of their words: not what was typed or what it holds."""

from __future__ import annotations

from dataclasses import replace

from aimux.model.command_list import Arguments, BoundCommand, print_command

_ONLY_SHOW_BY = ("list-", "show-", "display-", "choose-")
_ONLY_SHOW = frozenset(
    {
        *(
            "audit",
            "inbox",
            "capture-pane",
            "clock-mode",
            "command-prompt",
            "confirm-before",
            "copy-mode",
        ),
        *("customize-mode", "find-window", "has-session", "next-problem", "previous-problem"),
        *("read", "refresh-client", "results", "start-server", "suggest", "toggle-sidebar"),
        *("until", "wait-for", "agents", "agent explain", "agent report", "agent wait"),
    }
)
_CHANGING = frozenset({"delete"})  # words that make a command that only shows one that changes
_SHOWING = {
    "claim": {"list"},
    "decision": {"list"},
    "kv": {"get", "list", "watch"},
    "msg": {"open", "show", "tail"},
    "note": {"search"},
    "task": {"list", "open", "show"},
}
"""Words that make a command of many verbs one that only shows."""
_HELD_BACK = {
    "agent prompt": 0,
    "kv": 2,
    "msg": 2,
    "send-keys": 0,
    "set-buffer": 0,
    "set-environment": 1,
}
"""Commands whose words are counted and not stored, and how many at the front are stored."""


def audited_text(command: BoundCommand) -> str | None:
    """What the audit says of a command; None if it changes nothing."""
    name, arguments = command.name, command.arguments
    if name == "history":
        return print_command(command) if _CHANGING & set(arguments.texts()[:1]) else None
    if name in _ONLY_SHOW or name.startswith(_ONLY_SHOW_BY):
        return None
    if name in _SHOWING and _SHOWING[name] & set(arguments.texts()[:1]):
        return None
    if name == "send-keys" and arguments.has("X"):
        return None  # it moves in copy mode
    if name in _HELD_BACK:
        return _without_words(command, _HELD_BACK[name])
    return print_command(command)


def _without_words(command: BoundCommand, shown: int) -> str:
    words = command.arguments.positional
    rest = len(words) - shown
    kept = replace(command, arguments=Arguments(command.arguments.flags, words[:shown]))
    text = print_command(kept)
    return f"{text} [{rest} not stored]" if rest > 0 else text
