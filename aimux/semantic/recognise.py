"""What a command's output says: rendered logical lines in, a `Result` out.

Incremental: what is kept of the lines is bounded, and so is the work for each. The caller renders
(wraps joined, redraws applied, colours gone) and says how the command ended.

A line costs 1 µs where the command names its tool, 50 µs where the signs of all are looked for.
Of a pane that floods, a caller therefore gives a sample: at each look (once a second is enough: a
command that ends is read once more) one `feed_lines` with what was printed since. That reads the
head, the tail, and telling lines of the 3,000 before the tail, and passes over the rest: 500 lines
and some 20 ms, 2 % of a core, however much was printed.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from aimux.semantic.addresses import Addresses
from aimux.semantic.command_words import Invocation, invocations
from aimux.semantic.result import Fact, Result
from aimux.semantic.sampling import sampled
from aimux.semantic.scanner import Scanner
from aimux.semantic.tool_table import Tool, tool_table
from aimux.semantic.verdict import verdict

MAX_LINE = 1000
"""Characters of a line that are looked at."""

SAMPLE = 500
"""Lines of one `feed_lines` that are looked at, unless the caller says otherwise."""

_MAX_SCANNERS = 6
# Lines that a tool is given to read once it has shown itself: `pytest -q` does so at its end.
_RECENT = 300
_NO_SUCH_COMMAND = 127
# SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV.
_CRASHES = frozenset([132, 134, 135, 136, 139])


class Recogniser:
    """Reads one command's output line by line.

    Args:
        command: The command line as the shell read it, or `None` where it is not known; then the
            first line that only one tool prints says which tool it is.
        directory: Where the command runs: places are said relative to it.
    """

    def __init__(self, command: str | None, *, directory: str | None = None) -> None:
        self._directory = directory
        self._row = 0
        self._table = tool_table()
        found = invocations(command) if command else []
        self._words = [word for each in found for word in each.words]
        tools = [self._table.of_invocation(each) for each in found]
        self._named = _scanners([tool for tool in tools if tool is not None])
        self._inner: list[Scanner] = []
        self._generic = Scanner(self._table.tools["generic"])
        self._looks_inside = self._may_run_others(found, tools)
        self._addresses = Addresses()
        self._recent: deque[tuple[int, str]] = deque(maxlen=_RECENT)

    def _may_run_others(self, found: Sequence[Invocation], tools: Sequence[Tool | None]) -> bool:
        """Whether what prints may be another tool than those that the words name."""
        return not found or any(tool is None or tool.wraps for tool in tools)

    def feed(self, line: str) -> None:
        """Read the next logical line, without its end."""
        row = self._row
        self._row += 1
        if not line or line.isspace():
            return
        line = line[:MAX_LINE].rstrip()
        if self._looks_inside:
            self._look_inside(line)
        self._recent.append((row, line))
        for scanner in (*self._named, *self._inner):
            scanner.feed(line, row)
        if self._looks_inside and not self._inner:
            self._generic.feed(line, row)
        self._addresses.feed(line)

    def _look_inside(self, line: str) -> None:
        tool = self._table.of_line(line)
        if tool is None or len(self._inner) >= _MAX_SCANNERS:
            return
        # What drives a compiler reads the compiler's words itself.
        known = (*self._named, *self._inner)
        if not any(each.tool.key == tool.key or _share(each.tool, tool) for each in known):
            self._inner.append(self._caught_up(tool))

    def _caught_up(self, tool: Tool) -> Scanner:
        """A scanner that has read the newest lines."""
        scanner = Scanner(tool)
        for row, line in self._recent:
            scanner.feed(line, row)
        return scanner

    def glance(self, line: str) -> None:
        """Look at a line that is not finished yet: it may hold a progress bar, nothing else."""
        self._addresses.progress(line[:MAX_LINE])

    def skip(self, lines: int) -> None:
        """Pass over `lines` lines that nobody looks at; rows of later problems stay true."""
        self._row += lines

    def feed_lines(self, lines: Sequence[str], *, limit: int = SAMPLE) -> None:
        """Read a run of lines, at most `limit` of them: the first, the last, and telling ones."""
        next_row = 0
        for row in sampled(lines, limit):
            self.skip(row - next_row)
            self.feed(lines[row])
            next_row = row + 1
        self.skip(len(lines) - next_row)

    def result(self, exit_status: int | None, *, is_running: bool = False) -> Result:
        """What is known so far; may be asked for again and again.

        Args:
            exit_status: 0-255, or `None` where nobody said it.
            is_running: The command goes on: the status is `running`.
        """
        scanner = self._decisive(exit_status)
        if exit_status in _CRASHES and not _failed(scanner):
            scanner = self._crashed(scanner)
        result = verdict(
            scanner.tool,
            scanner.findings,
            exit_status,
            is_running=is_running,
            words=self._words,
            directory=self._directory,
        )
        if scanner is self._generic:
            result = _doubtful(result, exit_status, self._named)
        return self._with_addresses(result, is_running=is_running)

    def _decisive(self, exit_status: int | None) -> Scanner:
        """Whose findings count: an inner tool's before its wrapper's, the last that failed."""
        if exit_status == _NO_SUCH_COMMAND:
            shell = self._caught_up(self._table.tools["shell"])
            if shell.findings.hits:
                return shell
        for group in (self._inner, self._named):
            telling = [each for each in group if each.findings.hits]
            failed = [each for each in telling if exit_status != 0 and _failed(each)]
            for found in (failed, telling):
                if found:
                    # A tool's own account says more than the traceback in it.
                    accounts = [each for each in found if each.tool.kind != "runtime"]
                    return (accounts or found)[-1]
        # Of a wrapper that said nothing itself, a generic pattern may know more.
        if self._named and not self._generic.findings.hits:
            return self._named[-1]
        return self._generic

    def _crashed(self, scanner: Scanner) -> Scanner:
        """Whose result a crash is: of `gcc x.c && ./a.out` the shell tells it, not the compiler."""
        ran_more = self._looks_inside and not scanner.tool.wraps
        return Scanner(self._table.tools["shell"]) if ran_more else scanner

    def _with_addresses(self, result: Result, *, is_running: bool) -> Result:
        facts: dict[str, Fact] = dict(result.facts)
        progress = self._addresses.percent
        if result.kind == "progress":
            progress = int(p) if isinstance(p := facts.get("progress"), int) else progress
            if progress is not None:
                facts["progress"] = progress
                result = replace(result, headline=f"{progress} %")
        elif not is_running:
            progress = None
        return replace(result, urls=self._addresses.urls, progress=progress, facts=facts)


def _doubtful(result: Result, exit_status: int | None, named: Sequence[Scanner]) -> Result:
    """A result of generic patterns alone; of a program that crashed the shell tells."""
    if named:
        return replace(result, tool=named[-1].tool.name, kind=named[-1].tool.kind, confidence=0.4)
    if exit_status in _CRASHES and not result.facts:
        return replace(result, tool="shell", kind="runtime", confidence=0.4)
    return replace(result, confidence=0.4 if result.facts else 0.0)


def _scanners(tools: Sequence[Tool]) -> list[Scanner]:
    unique = {tool.key: tool for tool in tools}
    return [Scanner(tool) for tool in list(unique.values())[:_MAX_SCANNERS]]


def _share(one: Tool, other: Tool) -> bool:
    return not set(one.includes).isdisjoint(other.includes)


def _failed(scanner: Scanner) -> bool:
    found = scanner.findings
    if found.texts.get("exception") == "KeyboardInterrupt":
        return False
    return bool(
        found.numbers.get("failed")
        or found.numbers.get("errors")
        or found.seen.get("error")
        or found.lists.get("failing")
        or "error" in found.texts
        or "exception" in found.texts
    )
