"""A `Result` of what was found and how the command ended.

The exit status decides between success and failure; what was found supplies the rest, and can
make no more of a success than `warn` or `info`. Without an exit status, text can say `fail` only.
"""

from collections.abc import Mapping, Sequence

from aimux.semantic.findings import Findings
from aimux.semantic.places import Shortened
from aimux.semantic.result import Fact, Problem, Result, Status
from aimux.semantic.tool_table import Tool

MAX_LOCATIONS = 200

_NO_COUNTS = frozenset(["port", "progress", "error_code", "http_status"])
_FAILURES = ("failed", "errors")
_NAMED_COUNTS = (
    ("failed", "failed", "failed"),
    ("errors", "error", "errors"),
    ("passed", "passed", "passed"),
    ("skipped", "skipped", "skipped"),
    ("ignored", "ignored", "ignored"),
    ("todo", "todo", "todo"),
    ("xfailed", "xfailed", "xfailed"),
    ("xpassed", "xpassed", "xpassed"),
    ("fixable", "fixable", "fixable"),
    ("files_to_format", "file not formatted", "files not formatted"),
    ("warnings", "warning", "warnings"),
    ("deselected", "deselected", "deselected"),
)
_NOT_PASSED = ("failed", "errors", "skipped", "xfailed", "xpassed", "todo")
# What is said where nothing else is to be said.
_OTHER_COUNTS = (
    "ahead",
    "behind",
    "staged",
    "modified",
    "untracked",
    "commits",
    "branches",
    "worktrees",
    "stashes",
    "files",
    "insertions",
    "deletions",
    "entries",
    "matches",
    "packages",
    "requests",
    "http_5xx",
)
_ONE = {"branches": "branch", "entries": "entry", "matches": "match", "stashes": "stash"}
_WITH_ZERO = frozenset(["passed"])

_SIGNALS: Mapping[int, str] = {
    129: "hung up (SIGHUP)",
    130: "interrupted (SIGINT)",
    131: "quit (SIGQUIT)",
    132: "illegal instruction (SIGILL)",
    134: "aborted (SIGABRT)",
    135: "bus error (SIGBUS)",
    136: "floating point exception (SIGFPE)",
    137: "killed (SIGKILL)",
    139: "segmentation fault (SIGSEGV)",
    141: "broken pipe (SIGPIPE)",
    143: "terminated (SIGTERM)",
}


def verdict(
    tool: Tool,
    findings: Findings,
    exit_status: int | None,
    *,
    is_running: bool = False,
    words: Sequence[str] = (),
    directory: str | None = None,
) -> Result:
    """What is to be said of the command.

    Args:
        tool: Whose rules found it.
        findings: What they found.
        exit_status: 0-255, or `None` where nobody said it.
        is_running: The command goes on.
        words: The command's words: a file that is named there is called so in `locations`.
        directory: Where the command ran, so that places can be said relative to it.
    """
    shorten = Shortened(findings.problems, words, directory)
    facts = _facts(tool, findings, shorten)
    status = _status(tool, findings, facts, exit_status, is_running)
    failing = tuple(findings.lists.get("failing", ()))
    return Result(
        tool=findings.tool or tool.name,
        kind=findings.kind or tool.kind,
        status=status,
        headline=_headline(tool, findings, facts, shorten, exit_status),
        counts=_counts(facts),
        failing=failing,
        problems=tuple(findings.problems),
        facts=facts,
        confidence=1.0 if findings.hits else 0.6,
    )


def _counts(facts: Mapping[str, Fact]) -> dict[str, int]:
    return {
        name: value
        for name, value in facts.items()
        if isinstance(value, int) and not isinstance(value, bool) and name not in _NO_COUNTS
    }


# ---- status ----


def _status(
    tool: Tool,
    findings: Findings,
    facts: Mapping[str, Fact],
    exit_status: int | None,
    is_running: bool,
) -> Status:
    if is_running:
        return "running"
    if exit_status is None:
        return "fail" if _says_failure(facts) else "unknown"
    if exit_status:
        return tool.exits.get(exit_status, "fail")
    if _says_failure(facts) and tool.kind in ("test", "build", "lint", "typecheck"):
        return "warn"
    if (tool.warns and facts.get("warnings")) or "exception" in facts:
        return "warn"
    return findings.status or tool.success


def _says_failure(facts: Mapping[str, Fact]) -> bool:
    return any(facts.get(name) for name in _FAILURES)


# ---- facts ----


def _facts(tool: Tool, findings: Findings, shorten: Shortened) -> dict[str, Fact]:
    facts: dict[str, Fact] = dict.fromkeys(tool.zeros, 0)
    facts.update(findings.numbers)
    facts.update(findings.texts)
    facts.update({name: tuple(names) for name, names in findings.lists.items() if names})
    for name, of_list in tool.lengths.items():
        if name not in findings.numbers and findings.lists.get(of_list):
            facts[name] = len(findings.lists[of_list])
    kind = findings.kind or tool.kind
    if tool.places and kind != "test":
        _add_places(facts, findings, shorten)
    elif places := _locations(findings.problems, shorten):
        facts.setdefault("locations", places)
    if "failing" in facts and not {"failed", "errors"} & findings.numbers.keys():
        facts["failed"] = len(findings.lists["failing"])
    _add_passed(facts, findings)
    return facts


def _add_places(facts: dict[str, Fact], findings: Findings, shorten: Shortened) -> None:
    seen = findings.seen
    if "errors" not in findings.numbers:
        facts["errors"] = seen.get("error", 0)
    if "warnings" not in findings.numbers:
        facts["warnings"] = seen.get("warning", 0)
    told = [each for each in findings.problems if each.severity != "note"]
    paths = dict.fromkeys(shorten(each.path) for each in told if each.path)
    if paths:
        facts.setdefault("files", tuple(paths))
    places = _locations(told, shorten)
    if places:
        facts.setdefault("locations", places)


def _locations(problems: Sequence[Problem], shorten: Shortened) -> tuple[str, ...]:
    # `<string>` is no file.
    placed = [each for each in problems if each.line is not None and each.path[:1] not in ("", "<")]
    names = dict.fromkeys(f"{shorten(each.path)}:{each.line}" for each in placed)
    return tuple(names)[:MAX_LOCATIONS]


def _add_passed(facts: dict[str, Fact], findings: Findings) -> None:
    """What passed, where the tool says only how many ran."""
    ran = facts.get("tests")
    if "passed" in findings.numbers or not isinstance(ran, int):
        return
    others = [facts.get(name) for name in _NOT_PASSED]
    facts["passed"] = max(0, ran - sum(each for each in others if isinstance(each, int)))


# ---- headline ----


def _headline(
    tool: Tool,
    findings: Findings,
    facts: Mapping[str, Fact],
    shorten: Shortened,
    exit_status: int | None,
) -> str:
    parts = _counted(facts)
    said = findings.headline
    if not said and (tool.kind != "test" or not parts):
        said = _first_problem(findings.problems, shorten)
    if tool.kind == "test" and findings.lists.get("failing"):
        said = ", ".join(list(findings.lists["failing"])[:3])
    said = said or findings.said
    text = ": ".join(part for part in (parts, said) if part)
    if exit_status is not None and exit_status in _SIGNALS and (not text or exit_status == 130):
        signal = _SIGNALS[exit_status]
        return f"{signal}: {text}" if text else signal
    if not text and exit_status and exit_status not in tool.exits:
        return f"exit {exit_status}"
    text = text or _other_counts(facts)
    if exit_status is not None and (exit_status == 0 or exit_status in tool.exits):
        return text or tool.silence or ("ok" if exit_status == 0 else "")
    return text


def _counted(facts: Mapping[str, Fact]) -> str:
    parts = []
    for name, one, many in _NAMED_COUNTS:
        number = facts.get(name)
        if type(number) is int and (number or (name in _WITH_ZERO and facts.get("failed"))):
            parts.append(f"{number} {one if number == 1 else many}")
    return ", ".join(parts)


def _other_counts(facts: Mapping[str, Fact]) -> str:
    found = [(name, facts.get(name)) for name in _OTHER_COUNTS]
    parts = [
        f"{number} {_ONE.get(name, name[:-1]) if number == 1 and name.endswith('s') else name}"
        for name, number in found
        if isinstance(number, int) and number
    ]
    branch = facts.get("branch")
    text = ", ".join(parts)
    return f"{branch}: {text}".removesuffix(": ") if isinstance(branch, str) else text


def _first_problem(problems: Sequence[Problem], shorten: Shortened) -> str:
    told = sorted(problems, key=lambda each: each.severity != "error")[:1]
    for each in told:
        place = shorten(each.path) + (f":{each.line}" if each.line is not None else "")
        return f"{place} {each.message}".strip()
    return ""
