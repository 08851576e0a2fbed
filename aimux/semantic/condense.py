"""One command's output in fewer lines: what passed and what repeats goes, what failed stays.

Lines are kept as they are or left out; each gap is said with the way to read it in full.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from aimux.semantic.result import Fact, Result

UNCUT_LINES = 40
"""Output with fewer lines is never cut."""

MOST_LINES = 400
"""Lines that are kept at most of one command."""

MAX_LINE = 2000
"""Characters of one line; of a longer one its middle is left out."""

_HEAD = 6
_TAIL = 12
_LEAST_GAP = 3
_AROUND = 2
_AFTER_HEADING = 6
_MAX_NAMES = 200

_PASSED = re.compile(
    r"(?:^|\s)(?:PASSED|ok|PASS|✓|✔|Passed|√)(?:\s|$)|\.\.\. ok$|^\s*--- PASS|"
    r"^=== (?:RUN|PAUSE|CONT|NAME)"
)
_ERROR = re.compile(
    r"(?i:\b(?:error|errors|failed|failure|failures|fatal|panic|panicked|exception|traceback|"
    r"denied|refused|conflict|undefined|unresolved)\b)|[A-Z]\w+(?:Error|Exception)\b|"
    r"^\s*(?:✖|✗|\u00d7|●|\u276f)|\bFAIL(?:ED)?\b|^not ok|^E {2,}|^>  |^  *> *\d+ \||\*\*\*|"
    r"(?i:^\s*[-+]?\s*(?:expected|received|actual)\b)|^\s*assert"
)
_WARNING = re.compile(r"(?i:\bwarn(?:ing)?s?\b)")
_HEADING = re.compile(r"^_{3,} .+ _{3,}$|^-{4} .+ -{4}$|^={3,} .+ ={3,}$|^(?:FAIL|ERROR): |^  ● ")
_SUMMARY = re.compile(
    r"\d+ (?:passed|failed|passing|failing|tests?|examples?|errors?|warnings?|problems?|packages?|"
    r"files? changed|upgraded|newly)\b|^(?:Tests|Test Suites|Test Files|Found|Ran|Finished|"
    r"Successfully|BUILD|Result|Files|DONE)\b|test result:|"
    r"^[\u2139#] (?:tests|pass|fail|skipped|todo)"
)

# How much a line is worth: less is more.
_Keep = Callable[[int, int, int], None]
_NAMED, _BAD, _NEAR, _SUMMED, _EDGE, _MILD = range(6)


def condensed(
    lines: Sequence[str], result: Result, *, since: int, most: int = MOST_LINES
) -> list[str]:
    """The lines that tell, in order, with a line for each gap.

    Args:
        lines: The rendered logical lines of one command.
        result: What the recogniser said of just these lines.
        since: The command's id, which a gap names.
        most: Lines kept at most, gaps not counted; fewer than 40 lines are never cut unless `most`
            is less.
    """
    if len(lines) < min(UNCUT_LINES, most):
        return list(lines)
    worth = _worth(lines, result)
    chosen = sorted(sorted(worth, key=lambda row: (worth[row], row))[:most])
    return list(_with_gaps(lines, chosen, since))


def _worth(lines: Sequence[str], result: Result) -> dict[int, int]:
    worth: dict[int, int] = {}

    def keep(start: int, stop: int, value: int) -> None:
        for row in range(max(0, start), min(stop, len(lines))):
            worth[row] = min(value, worth.get(row, value))

    keep(0, _HEAD, _EDGE)
    keep(len(lines) - _TAIL, len(lines), _EDGE)
    for row in _rows_with_names(lines, _names(result.facts)):
        keep(row, row + 1, _NAMED)
    for problem in result.problems:
        if problem.severity != "note":
            keep(problem.row, problem.row + 1, _NAMED)
            keep(problem.row - _AROUND, problem.row + _AROUND + 1, _NEAR)
    is_failure = result.status in ("fail", "warn", "running", "unknown")
    for row, line in enumerate(lines):
        _judge(row, line[:400], keep, is_failure=is_failure)
    return worth


def _judge(row: int, line: str, keep: _Keep, *, is_failure: bool) -> None:
    if _SUMMARY.search(line):
        keep(row, row + 1, _SUMMED)
    if is_failure and _HEADING.search(line):
        keep(row, row + 1 + _AFTER_HEADING, _NEAR)
    elif _PASSED.search(line):
        return
    elif _ERROR.search(line):
        keep(row, row + 1, _BAD)
        if is_failure:
            keep(row - _AROUND, row + _AROUND + 1, _NEAR)
    elif _WARNING.search(line):
        keep(row, row + 1, _MILD)


def _names(facts: Mapping[str, Fact]) -> list[str]:
    """Words that must still be found in what is left, the longest first."""
    names: dict[str, None] = {}
    for value in facts.values():
        items = value if isinstance(value, tuple) else (value,)
        for item in items[:_MAX_NAMES]:
            if not isinstance(item, bool) and str(item) not in ("0", "1"):
                names[str(item)] = None
    return sorted(names, key=len, reverse=True)[:_MAX_NAMES]


def _rows_with_names(lines: Sequence[str], names: Sequence[str]) -> Iterator[int]:
    """For each name the first line that it stands in."""
    missing = list(names)
    for row, line in enumerate(lines):
        found = [name for name in missing if name in line]
        if found:
            yield row
            missing = [name for name in missing if name not in found]
        if not missing:
            return


def _with_gaps(lines: Sequence[str], chosen: Sequence[int], since: int) -> Iterator[str]:
    next_row = 0
    for row in [*chosen, len(lines)]:
        between = [line for line in lines[next_row:row] if line]
        if len(between) < _LEAST_GAP:
            yield from (_shortened(line) for line in lines[next_row:row])
        else:
            yield f"… {row - next_row} lines, read --full --since {since} …"
        if row < len(lines):
            yield _shortened(lines[row])
        next_row = row + 1


def _shortened(line: str) -> str:
    if len(line) <= MAX_LINE:
        return line
    half = MAX_LINE // 2
    return f"{line[:half]} … {len(line) - 2 * half} characters … {line[-half:]}"
