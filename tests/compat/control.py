"""What both programs write in control mode, so that it can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from tests.compat.programs import Program
from tests.control_process import ControlProcess

GUARD = re.compile(r"^%(begin|end|error) \d+ \d+ ")
VOLATILE = ((r"client-\d+", "client-PID"), (r"created [A-Z][a-z]{2} [^)]*", "created TIME"))
OUTPUT = re.compile(r"^(%output %\d+ )(.*)")


@contextmanager
def control(program: Program, *words: str) -> Iterator[ControlProcess]:
    """A control client that is ended afterwards."""
    argv = [*program.command(), "-C", *words]
    process = ControlProcess(argv, program.environment(), program.directory)
    try:
        yield process
    finally:
        process.close()


def plain(lines: Iterable[str]) -> list[str]:
    """Lines without what no two runs have in common.

    That is times, numbers, process ids and how output is cut into pieces. Notifications that
    follow one another are sorted and told once: tmux repeats some, and their order within one
    command is that of its code.
    """
    result: list[str] = []
    news: set[str] = set()
    inside = False
    for line in map(_normalised, lines):
        if GUARD.match(line) or not line.startswith("%") or inside:
            result += [*sorted(news), GUARD.sub(r"%\1 TIME NUMBER ", line)]
            news.clear()
            inside = line.startswith("%begin") or (inside and not GUARD.match(line))
        else:
            news.add(line)
    return [*result, *sorted(news)]


def _normalised(line: str) -> str:
    for pattern, text in VOLATILE:
        line = re.sub(pattern, text, line)
    return line


def heard(lines: Iterable[str], pane: str) -> str:
    """All that was written of a pane's output, in one piece, still escaped."""
    found = (OUTPUT.match(line) for line in lines)
    return "".join(one[2] for one in found if one and one[1] == f"%output {pane} ")
