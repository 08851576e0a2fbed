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
    """Lines without what no two runs have in common: times, numbers, process ids."""
    return [GUARD.sub(r"%\1 TIME NUMBER ", _normalised(line)) for line in lines]


def _normalised(line: str) -> str:
    for pattern, text in VOLATILE:
        line = re.sub(pattern, text, line)
    return line


def heard(lines: Iterable[str], pane: str) -> str:
    """All that was written of a pane's output, in one piece, still escaped."""
    found = (OUTPUT.match(line) for line in lines)
    return "".join(one[2] for one in found if one and one[1] == f"%output {pane} ")
