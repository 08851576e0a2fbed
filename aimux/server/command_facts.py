"""What is told of one command: what was typed, how it ended, and what it said."""

from __future__ import annotations

from itertools import islice

import msgspec

from aimux.protocol.facts import MAX_COUNTS, MAX_LINE, MAX_PROBLEMS, CommandFact, ProblemFact
from aimux.security.clean import clean
from aimux.semantic.output import Ran
from aimux.semantic.result import Problem
from aimux.semantic.segments import CommandRecord


def command_fact(record: CommandRecord, ran: Ran | None) -> CommandFact:
    """What is told of a command, clean and within the limits of `aimux.protocol.facts`.

    Args:
        record: What its shell's marks say.
        ran: What was understood of its output; None if nothing was.
    """
    fact = CommandFact(
        text=clean(record.text or "", limit=MAX_LINE),
        started=record.started_wall,
        seconds=record.seconds,
        exit_status=record.exit_status,
        id=record.id,
    )
    if ran is None:
        return fact
    result = ran.result
    return msgspec.structs.replace(
        fact,
        tool=clean(result.tool, limit=MAX_LINE),
        status=result.status,
        headline=clean(result.headline, limit=MAX_LINE),
        counts=tuple(islice(result.counts.items(), MAX_COUNTS)),
        problems=tuple(map(_problem, result.problems[:MAX_PROBLEMS])),
    )


def _problem(problem: Problem) -> ProblemFact:
    return ProblemFact(
        path=clean(problem.path, limit=MAX_LINE),
        line=problem.line,
        column=problem.column,
        severity=problem.severity,
        message=clean(problem.message, limit=MAX_LINE),
        row=problem.row,
    )
