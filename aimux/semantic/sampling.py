"""Which lines of a long output are worth reading."""

import re
from collections.abc import Iterator, Sequence

MOST_SEARCHED = 3000
"""Lines between head and tail that are searched; further ones are passed over unseen."""

# Without ignoring case, as that costs ten times as much.
_TELLING = re.compile(
    r"[Ee]rror|ERROR|FAIL|[Ff]ail|[Ww]arn|WARN|panic|xception|raceback|[Ff]atal|FATAL|refused|"
    r"denied|CONFLICT|[0-9] passed|not ok|://|✖|✗|●"
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
    stop = len(lines) - tail
    yield from _telling(lines, max(head, stop - MOST_SEARCHED), stop, limit - head - tail)
    yield from range(stop, len(lines))


def _telling(lines: Sequence[str], start: int, stop: int, limit: int) -> Iterator[int]:
    """The rows that the pattern finds, each with the one before and the two after it."""
    given = 0
    last = start - 1
    for row in range(start, stop):
        if _TELLING.search(lines[row], 0, 200) is None:
            continue
        for near in range(max(last + 1, row - 1), min(row + 3, stop)):
            if given >= limit:
                return
            yield near
            given += 1
            last = near
