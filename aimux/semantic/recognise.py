"""What a command's output says: rendered logical lines in, a `Result` out.

Incremental: what is kept of the lines is bounded, and so is the work for each. The caller renders
(wraps joined, redraws applied, colours gone) and says how the command ended.
"""

from collections.abc import Sequence

from aimux.semantic.result import Result, Status

MAX_LINE = 1000
"""Characters of a line that are looked at."""

SAMPLE = 2000
"""Lines of one `feed_lines` that are looked at, unless the caller says otherwise."""


class Recogniser:
    """Reads one command's output line by line.

    Args:
        command: The command line as the shell read it, or `None` where it is not known; then the
            first line that only one tool prints says which tool it is.
    """

    def __init__(self, command: str | None) -> None:
        self._command = command
        self._row = 0

    def feed(self, line: str) -> None:
        """Read the next logical line, without its end."""
        self._row += 1

    def skip(self, lines: int) -> None:
        """Pass over `lines` lines that nobody looks at; rows of later problems stay true."""
        self._row += lines

    def feed_lines(self, lines: Sequence[str], *, limit: int = SAMPLE) -> None:
        """Read a run of lines, at most `limit` of them: the first, the last, and telling ones.

        A flood is given so, in one run for each look at the pane; what lies between head and tail
        is searched once by one cheap pattern, and only lines that it finds are read.
        """
        for line in lines[:limit]:
            self.feed(line)
        self.skip(max(0, len(lines) - limit))

    def result(self, exit_status: int | None, *, is_running: bool = False) -> Result:
        """What is known so far; may be asked for again and again.

        Args:
            exit_status: 0-255, or `None` where nobody said it.
            is_running: The command goes on: the status is `running`.
        """
        return Result(
            tool="",
            kind="plain",
            status=_status(exit_status, is_running),
            headline="",
            confidence=0.0,
        )


def _status(exit_status: int | None, is_running: bool) -> Status:
    if is_running:
        return "running"
    if exit_status is None:
        return "unknown"
    return "fail" if exit_status else "ok"
