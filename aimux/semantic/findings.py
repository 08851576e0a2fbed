"""What was found in one command's output so far, within bounds.

Nothing here knows patterns or tools.
"""

from dataclasses import dataclass, field, replace

from aimux.semantic.result import Kind, Problem, Severity, Status

MAX_NAMES = 500
"""Names in one list, such as those of failing tests."""

MAX_PROBLEMS = 500
"""Problems kept; more are counted."""

MAX_TEXT = 300
"""Characters of a name, message or headline."""

_MAX_FACTS = 64


@dataclass(slots=True)
class Findings:
    """What the rules of one tool found.

    Attributes:
        numbers: Counts and other whole numbers by name.
        texts: Other facts by name.
        lists: Names by the list that they are in, in order, each once.
        problems: Diagnostics with places, in order, each once.
        seen: How many problems of each severity there were, also beyond those kept.
        headline: What a rule wants to be said above all, or "".
        said: The first error's message, wherever its place is.
        status: What a rule makes of exit 0, or `None`.
        tool: The tool that a rule says it was after all, or "".
        kind: Its kind, or `None`.
        hits: How many lines said something.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str | float] = field(default_factory=dict)
    lists: dict[str, dict[str, None]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: dict[Severity, int] = field(default_factory=dict)
    headline: str = ""
    said: str = ""
    status: Status | None = None
    tool: str = ""
    kind: Kind | None = None
    hits: int = 0
    _known: set[tuple[str, int | None, int | None, Severity, str]] = field(default_factory=set)

    def count(self, name: str, number: int, how: str) -> None:
        """Take a number that the output says, `how` as in a rule."""
        before = self.numbers.get(name)
        if before is None:
            if len(self.numbers) < _MAX_FACTS:
                self.numbers[name] = number
        elif how == "add":
            self.numbers[name] = before + number
        elif how == "max":
            self.numbers[name] = max(before, number)
        elif how == "last":
            self.numbers[name] = number

    def say(self, name: str, text: str | float, how: str) -> None:
        """Take a fact in words."""
        if how == "first" and name in self.texts:
            return
        if name in self.texts or len(self.texts) < _MAX_FACTS:
            self.texts[name] = text[:MAX_TEXT] if isinstance(text, str) else text

    def put(self, name: str, item: str) -> None:
        """Add to a list, once."""
        item = item.strip()[:MAX_TEXT]
        names = self.lists.setdefault(name, {})
        if item and len(names) < MAX_NAMES:
            names[item] = None

    def add_problem(self, problem: Problem) -> None:
        """Add a diagnostic, unless the tool said the same before."""
        key = (problem.path, problem.line, problem.column, problem.severity, problem.message)
        if key in self._known:
            return
        if len(self._known) < 4 * MAX_PROBLEMS:
            self._known.add(key)
        self.seen[problem.severity] = self.seen.get(problem.severity, 0) + 1
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(replace(problem, message=problem.message[:MAX_TEXT]))
