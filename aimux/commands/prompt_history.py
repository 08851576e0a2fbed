"""What was answered to prompts: showing and clearing it, and its file."""

from __future__ import annotations

from collections.abc import Iterator

from aimux.commands.command import Call, Command, Flags
from aimux.errors import CommandError
from aimux.model.state import State

PROMPT_TYPES = ("command", "search", "target", "window-target")


def history_of(state: State, kind: str) -> list[str]:
    """The answers to prompts of a kind, the oldest first; those beyond the limit are dropped."""
    history = state.prompt_history.setdefault(kind, [])
    limit = state.server_options.number("prompt-history-limit")
    del history[: max(0, len(history) - limit)]
    return history


def _kinds(call: Call) -> tuple[str, ...]:
    kind = call.arguments.get("T")
    if kind is None:
        return PROMPT_TYPES
    if kind not in PROMPT_TYPES:
        raise CommandError(f"invalid type: {kind}")
    return (kind,)


def show_prompt_history(call: Call) -> None:
    """show-prompt-history [-T type]."""
    for kind in _kinds(call):
        call.print(f"History for {kind}:\n")
        for number, text in enumerate(history_of(call.state, kind), 1):
            call.print(f"{number}: {text}")
        call.print("")


def clear_prompt_history(call: Call) -> None:
    """clear-prompt-history [-T type]."""
    for kind in _kinds(call):
        history_of(call.state, kind).clear()


# ---- the file ----


def read_history(state: State, text: str) -> None:
    """Take over a history file: `TYPE:ANSWER` a line; without a known type it is a command."""
    for line in text.splitlines():
        kind, colon, answer = line.partition(":")
        if not colon or kind not in PROMPT_TYPES:
            kind, answer = "command", line
        if answer:
            history_of(state, kind).append(answer)


def history_lines(state: State) -> Iterator[str]:
    """The same file's lines."""
    for kind in PROMPT_TYPES:
        yield from (f"{kind}:{answer}" for answer in history_of(state, kind))


COMMANDS = (
    Command(
        name="clear-prompt-history",
        alias="clearphist",
        getopt="T:",
        arity=(0, 0),
        usage="[-T type]",
        flags=Flags.CAN_FAIL,
        run=clear_prompt_history,
    ),
    Command(
        name="show-prompt-history",
        alias="showphist",
        getopt="T:",
        arity=(0, 0),
        usage="[-T type]",
        flags=Flags.CAN_FAIL,
        run=show_prompt_history,
    ),
)
