"""Compressed reading: what commands printed, as few tokens as say the same.

Passed tests, progress and long listings are left out, errors kept with what stands around them,
and every gap is said. Nothing here changes what a program itself sees.
"""

from collections.abc import Sequence

from msgspec import Struct

from aimux.semantic.condense import MOST_LINES, condensed
from aimux.semantic.result import Result

DEFAULT_TOKENS = 4000

_MAX_COMMAND = 300


class Printed(Struct, frozen=True):
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


class Reading(Struct, frozen=True):
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
    """About how many tokens `text` is, to be shown with `~`.

    Terminal text has about three characters to a token.
    """
    return (len(text) + 2) // 3


def read_commands(
    printed: Sequence[Printed],
    *,
    tokens: int = DEFAULT_TOKENS,
    is_full: bool = False,
    reader: str = "read",
) -> Reading:
    """The newest whole commands that fit, each with a line that says how it went.

    Args:
        printed: Oldest first.
        tokens: The budget, at least 1. The newest command is always there: if it alone exceeds the
            budget it is cut further, down to a few lines.
        is_full: Nothing is left out of any command, and all commands are given.
        reader: The command that reads this pane, as gaps name it.
    """
    full_tokens = sum(estimated_tokens("\n".join(each.lines)) for each in printed)
    texts: list[str] = []
    used = 0
    for each in reversed(printed):
        text = _text(each, None if is_full else tokens - used, reader)
        size = estimated_tokens(text)
        if texts and used + size > tokens and not is_full:
            break
        texts.append(text)
        used += size
    left_out = len(printed) - len(texts)
    since = printed[left_out].id if texts else None
    head = [f"… {left_out} older commands, {reader} --full …"] if left_out else []
    text = "\n\n".join([*head, *reversed(texts)])
    return Reading(text, estimated_tokens(text), full_tokens, left_out, since)


_STEPS = (MOST_LINES, 120, 40, 12)


def _text(printed: Printed, budget: int | None, reader: str) -> str:
    """One command; cut as little as the budget (`None`: no end) allows, at worst to a few lines."""
    if budget is None:
        return "\n".join([headline(printed), *_lost(printed), *printed.lines])
    text = ""
    for most in _STEPS:
        lines = condensed(printed.lines, printed.result, since=printed.id, most=most, reader=reader)
        text = "\n".join([headline(printed), *_lost(printed), *lines])
        if estimated_tokens(text) <= budget:
            break
    return text


def _lost(printed: Printed) -> list[str]:
    return [f"… {printed.lost} lines are no longer there …"] if printed.lost else []


def headline(printed: Printed) -> str:
    """A command and how it went, in one line: `$ pytest -q (fail, exit 1, 3.2 s): 3 failed`."""
    command = " ".join((printed.command or "?").split())[:_MAX_COMMAND]
    went: list[str] = [printed.result.status]
    if printed.exit_status is not None:
        went.append(f"exit {printed.exit_status}")
    if printed.seconds is not None:
        went.append(f"{printed.seconds:.1f} s")
    said = f": {printed.result.headline}" if printed.result.headline else ""
    return f"$ {command} ({', '.join(went)}){said}"
