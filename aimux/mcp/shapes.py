"""How a command's answer is put before a model. What failed says so in the server's words."""

from __future__ import annotations

from aimux.link.framing import json_text
from aimux.link.listings import rows
from aimux.mcp.tool import Outcome

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Mapping

    from aimux.link.exchange import Answer
    from aimux.mcp.tool import Arguments, Shape

MAX_CHARACTERS = 200_000
"""Of one outcome; the end of a longer one is kept."""
MAX_OUTPUT = 30_000
"""Characters of what a command printed."""
GAVE_UP, GONE = 124, 125
"""Exit statuses of commands that wait: the time is over, the pane's program has ended."""
_EMPTY = ("", "0")


def text(answer: Answer, _arguments: Arguments) -> Outcome:
    """What the command printed."""
    return _said(answer, "(nothing)")


def done(answer: Answer, _arguments: Arguments) -> Outcome:
    """What the command printed, or that it is done."""
    return _said(answer, "done")


def _said(answer: Answer, silence: str) -> Outcome:
    printed = _cut(answer.output.rstrip("\n"))
    if answer.status == GAVE_UP:
        return Outcome(f"{printed}\nnothing came in time".lstrip("\n"))
    return failure(answer) if _failed(answer) else Outcome(printed or silence)


def listing(fields: Mapping[str, str]) -> Shape:
    """JSON: an object for each row, without the fields that say nothing."""

    def shape(answer: Answer, _arguments: Arguments) -> Outcome:
        if _failed(answer):
            return failure(answer)
        found = rows(fields, answer.output)
        return Outcome(json_text([_telling(row) for row in found]))

    return shape


def ran(answer: Answer, _arguments: Arguments) -> Outcome:
    """What a command printed and how it ended; a failure if it did not run to its end."""
    said = answer.output.strip("\n")
    return Outcome(_cut(said, MAX_OUTPUT)) if said else failure(answer)


def waited(answer: Answer, arguments: Arguments) -> Outcome:
    """Whether what was waited for has come true."""
    if answer.error:
        return failure(answer)
    if arguments.get("until") == "exit" and answer.status not in (GAVE_UP, GONE):
        return Outcome(f"ended with exit status {answer.status}")
    said = _WAITED.get(answer.status)
    return Outcome(said) if said is not None else failure(answer)


_WAITED = {
    0: "it is so",
    GAVE_UP: "not yet: the time is over",
    GONE: "the pane's program has ended",
}


def failure(answer: Answer) -> Outcome:
    """That a command failed, in the server's words."""
    said = (answer.error or answer.output).strip() or f"exit status {answer.status}"
    return Outcome(_cut(said), is_error=True)


def _failed(answer: Answer) -> bool:
    return answer.status != 0 or bool(answer.error.strip() and not answer.output)


def _telling(row: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in row.items() if value not in _EMPTY}


def _cut(said: str, limit: int = MAX_CHARACTERS) -> str:
    left = len(said) - limit
    return said if left <= 0 else f"[{left} characters left out]\n{said[left:]}"
