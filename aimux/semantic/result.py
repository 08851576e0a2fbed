"""What a command's output said, as records. Who fills them in are the recognisers.

A status comes from the exit status where that is known; the text supplies counts, names and places,
and never turns a failure into a success.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["running", "ok", "warn", "fail", "info", "unknown"]
"""`info` is a success that only shows something, such as a listing."""

Kind = Literal[
    "test",
    "build",
    "lint",
    "typecheck",
    "format",
    "vcs",
    "package",
    "runtime",
    "server",
    "listing",
    "progress",
    "plain",
]

Severity = Literal["error", "warning", "note"]

Fact = int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One diagnostic with a place.

    Attributes:
        path: The file as it was printed, relative or absolute; "" where none was.
        line: From 1, or `None`.
        column: From 1, or `None`.
        severity: How bad the tool called it.
        message: Its words, in one line, without colours.
        code: The tool's own name of the rule, such as `E501`; "" if none.
        row: The logical line of the output, from 0, on which it begins.
    """

    path: str
    line: int | None
    column: int | None
    severity: Severity
    message: str
    code: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did.

    Attributes:
        tool: The program, such as `pytest`; "" where it is not known.
        kind: What sort of program it is.
        status: How it went.
        headline: One short line in the tool's own words and counts.
        counts: Numbers by the tool's words: `passed`, `failed`, `errors`, `warnings`.
        failing: The names of what failed, in the order they were printed, each once.
        problems: Diagnostics with places, in order.
        urls: Addresses that were printed, such as that of a server which listens.
        progress: 0 to 100 while a bar is drawn, or `None`.
        facts: All that was found, by the names of the tool's family: counts, `failing`,
            `locations` (`path:line`), `conflicts`, `missing` and others.
        confidence: 0 to 1; under 0.5 only the generic patterns fitted.
    """

    tool: str
    kind: Kind
    status: Status
    headline: str
    counts: Mapping[str, int] = field(default_factory=dict)
    failing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    urls: tuple[str, ...] = ()
    progress: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    confidence: float = 1.0
