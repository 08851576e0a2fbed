"""One command's output in fewer lines: what passed and what repeats goes, what failed stays.

Lines are kept as they are or left out; each gap is said with the way to read it in full.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from aimux.semantic.result import Fact, Result
from aimux.semantic.sampling import sampled

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
_MOST_JUDGED = 5000

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

_BAR = re.compile(r"[\u2501\u2588\u2589#=]{8,}.*\d|\d%\||^\s*\[[=> .#-]{10,}\]")
_NUMBER = re.compile(r"\d+")
_NUMBERS = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)")

# The facts whose words are never left out.
_NAMES = (
    "failing",
    "conflicts",
    "missing",
    "undefined",
    "targets",
    "rejected",
    "unformatted",
    "locations",
    "files",
    "exception",
    "error",
    "reason",
    "branch",
    "signal",
)

# How much a line is worth: less is more.
_Keep = Callable[[int, int, int], None]
_NAMED, _BAD, _NEAR, _SUMMED, _EDGE, _MILD = range(6)


def condensed(
    lines: Sequence[str],
    result: Result,
    *,
    since: int,
    most: int = MOST_LINES,
    reader: str = "read",
) -> list[str]:
    """The lines that tell, in order, with a line for each gap.

    Args:
        lines: The rendered logical lines of one command.
        result: What the recogniser said of just these lines.
        since: The command's id, which a gap names.
        most: Lines kept at most, gaps not counted; fewer than 40 lines are never cut unless `most`
            is less.
        reader: The command that a gap names: with `--full --since id` it shows what is left out.
    """
    if len(lines) < min(UNCUT_LINES, most):
        return list(lines)
    worth = _worth(lines, result)
    chosen = sorted(sorted(worth, key=lambda row: (worth[row], row))[:most])
    return list(_with_gaps(lines, chosen, f"{reader} --full --since {since}"))


def _worth(lines: Sequence[str], result: Result) -> dict[int, int]:
    worth: dict[int, int] = {}

    def keep(start: int, stop: int, value: int) -> None:
        for row in range(max(0, start), min(stop, len(lines))):
            worth[row] = min(value, worth.get(row, value))

    keep(0, _HEAD, _EDGE)
    keep(len(lines) - _TAIL, len(lines), _EDGE)
    judged = list(sampled(lines, _MOST_JUDGED))
    for row in _rows_with_names(lines, judged, result.facts):
        keep(row, row + 1, _NAMED)
    for problem in result.problems:
        if problem.severity != "note":
            keep(problem.row, problem.row + 1, _NAMED)
            keep(problem.row - _AROUND, problem.row + _AROUND + 1, _BAD)
    is_failure = result.status in ("fail", "warn", "running", "unknown")
    for row in judged:
        _judge(row, lines[row][:400], keep, is_failure=is_failure)
    is_test = result.kind == "test"
    return {
        row: value
        for row, value in worth.items()
        if value <= _BAD or not _is_noise(lines, row, is_test=is_test)
    }


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


def _is_noise(lines: Sequence[str], row: int, *, is_test: bool) -> bool:
    """A test that passed, a bar, or one of many lines that are alike but for their numbers."""
    line = lines[row][:400]
    if _BAR.search(line) or (is_test and _PASSED.search(line)):
        return True
    return 0 < row < len(lines) - 1 and _shape(line) == _shape(lines[row - 1]) == _shape(
        lines[row + 1]
    )


def _shape(line: str) -> str:
    return _NUMBER.sub("0", line[:120]) or "blank"


def _rows_with_names(
    lines: Sequence[str], rows: Sequence[int], facts: Mapping[str, Fact]
) -> Iterator[int]:
    """For each name that must not be lost the first line that it stands in; for counts the last."""
    names = [item for name in _NAMES for item in _items(facts.get(name))][:_MAX_NAMES]
    for row in rows:
        found = [name for name in names if name in lines[row]]
        if found:
            yield row
            names = [name for name in names if name not in found]
        if not names:
            break
    counts = {str(value) for value in facts.values() if type(value) in (int, float) and value}
    for row in reversed(rows):
        if not counts:
            return
        said = counts.intersection(_NUMBERS.findall(lines[row][:400]))
        if said:
            yield row
            counts -= said


def _items(value: Fact | None) -> Sequence[str]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def _with_gaps(lines: Sequence[str], chosen: Sequence[int], whole: str) -> Iterator[str]:
    next_row = 0
    for row in [*chosen, len(lines)]:
        between = [line for line in lines[next_row:row] if line]
        if len(between) < _LEAST_GAP:
            yield from (_shortened(line) for line in lines[next_row:row])
        else:
            yield f"… {row - next_row} lines, {whole} …"
        if row < len(lines):
            yield _shortened(lines[row])
        next_row = row + 1


def _shortened(line: str) -> str:
    if len(line) <= MAX_LINE:
        return line
    half = MAX_LINE // 2
    return f"{line[:half]} … {len(line) - 2 * half} characters … {line[-half:]}"
