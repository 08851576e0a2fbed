"""What was found, and how it is told to people and to programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby

from aimux import __version__


class Mark(StrEnum):
    """How good it is: `FAIL` is what has to be mended."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        section: What it belongs to: findings of one section stand together.
        name: What was looked at.
        mark: How good it is.
        value: What was found; one clean line.
        advice: What to do about it; empty where there is nothing to do.
    """

    section: str
    name: str
    mark: Mark
    value: str
    advice: str = ""


_COLOURS = {Mark.OK: "32", Mark.WARN: "33", Mark.FAIL: "31"}
_MARK_COLUMNS = 4


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong; a warning is not."""
    return all(finding.mark is not Mark.FAIL for finding in findings)


def as_text(findings: Sequence[Finding], *, coloured: bool) -> str:
    """Findings in sections, each a line, with its advice below it."""
    width = max((len(finding.name) for finding in findings), default=0)
    lines = []
    for section, rows in groupby(findings, key=lambda finding: finding.section):
        lines += ["", section]
        for row in rows:
            lines.append(f"  {_mark(row.mark, coloured=coloured)} {row.name:{width}}  {row.value}")
            lines += [f"  {'':{_MARK_COLUMNS}} {'':{width}}  -> {row.advice}"] * bool(row.advice)
    return "\n".join((*lines[1:], "", _summary(findings), ""))


def as_json(findings: Sequence[Finding]) -> str:
    """The same as one JSON object: `ok`, `version` and `findings`, each with its five fields."""
    rows = [asdict(finding) for finding in findings]
    found = {"ok": is_well(findings), "version": __version__, "findings": rows}
    return f"{json.dumps(found, indent=2, ensure_ascii=False)}\n"


def _mark(mark: Mark, *, coloured: bool) -> str:
    word = f"{mark.value:{_MARK_COLUMNS}}"
    return f"\x1b[{_COLOURS[mark]}m{word}\x1b[m" if coloured else word


def _summary(findings: Sequence[Finding]) -> str:
    wrong = sum(finding.mark is Mark.FAIL for finding in findings)
    warned = sum(finding.mark is Mark.WARN for finding in findings)
    if not wrong:
        return f"nothing is wrong, {warned} to look at" if warned else "all is well"
    return f"{wrong} wrong, {warned} to look at"
