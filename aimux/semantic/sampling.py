"""Which lines of a long output are worth reading."""

import re
from collections.abc import Iterator, Sequence

_TELLING = re.compile(
    r"(?i:error|fail|warn|panic|exception|traceback|fatal|denied|refused|conflict|✖|✗|●)|"
    r"\d (?:passed|tests?|examples?|problems?)\b|not ok|https?://"
)


def sampled(lines: Sequence[str], limit: int) -> Iterator[int]:
    """Indices of at most `limit` lines, rising: the first, the last, and telling ones between.

    Args:
        lines: A run of an output.
        limit: At least 4. A quarter is for the head, a half for the tail.
    """
    if len(lines) <= limit:
        yield from range(len(lines))
        return
    head, tail = limit // 4, limit // 2
    yield from range(head)
    yield from _telling(lines, head, len(lines) - tail, limit - head - tail)
    yield from range(len(lines) - tail, len(lines))


def _telling(lines: Sequence[str], start: int, stop: int, limit: int) -> Iterator[int]:
    """The rows that the pattern finds, each with the one before and the two after it."""
    given = 0
    last = start - 1
    for row in range(start, stop):
        if _TELLING.search(lines[row], 0, 400) is None:
            continue
        for near in range(max(last + 1, row - 1), min(row + 3, stop)):
            if given >= limit:
                return
            yield near
            given += 1
            last = near
