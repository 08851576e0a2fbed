"""A command and its result as text, JSON, JUnit and GitHub's annotations. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape

from aimux.security.clean import LONGEST, clean
from aimux.semantic.output import Ran
from aimux.semantic.result import Problem

MAX_XML_NAMES = 2000
_NOT_ASCII = re.compile(r"[^ -~]")


def as_record(ran: Ran, pane: int) -> dict[str, object]:
    """What JSON says of a command: the names of `semantic.result` and `semantic.segments`."""
    record, result = ran.record, ran.result
    return {
        "id": record.id,
        "pane": f"%{pane}",
        "command": record.text,
        "path": record.path,
        "started": round(record.started_wall, 3),
        "seconds": None if record.seconds is None else round(record.seconds, 3),
        "exit_status": record.exit_status,
        "rows": [record.first_row, record.last_row],
        "trusted": record.trusted,
        "result": {
            "tool": result.tool,
            "kind": result.kind,
            "status": result.status,
            "headline": result.headline,
            "counts": dict(result.counts),
            "failing": list(result.failing),
            "problems": [_problem(problem) for problem in result.problems],
            "urls": list(result.urls),
            "progress": result.progress,
            "facts": dict(result.facts),
            "confidence": result.confidence,
        },
    }


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "message": problem.message,
        "code": problem.code,
        "row": problem.row,
    }


def as_json(value: object) -> str:
    """JSON on one line; what a terminal acts on, and what is no text, is written as escapes."""
    return _NOT_ASCII.sub(_visible, json.dumps(value, ensure_ascii=False))


def _visible(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def place_of(problem: Problem) -> str:
    """`path:line:column` as far as it is known."""
    parts = [problem.path, *(str(n) for n in (problem.line, problem.column) if n is not None)]
    return ":".join(part for part in parts if part)


def summary(ran: Ran) -> str:
    """One line: how a command went, what it said, how long it took."""
    record, result = ran.record, ran.result
    ended = [f"exit {record.exit_status}"] if record.exit_status is not None else []
    took = [] if record.seconds is None else [f"{record.seconds:.1f} s"]
    said = f"  {result.headline}" if result.headline else ""
    about = f"  ({', '.join([*ended, *took])})" if ended or took else ""
    text = " ↵ ".join((record.text or "?").splitlines())
    return f"{result.status}  {clean(text, limit=LONGEST)}{said}{about}"


def text_lines(ran: Ran) -> list[str]:
    """The summary, and a line for each problem and each name of what failed."""
    lines = [summary(ran)]
    for problem in ran.result.problems:
        place = place_of(problem)
        lines.append(f"    {place}: {problem.message}" if place else f"    {problem.message}")
    placed = {problem.message for problem in ran.result.problems}
    lines += [f"    {name}" for name in ran.result.failing if name not in placed]
    return lines


# ---- what continuous integration reads ----


def _as_text(ran: Ran, pane: int) -> str:
    del pane
    return "\n".join([*ran.output.shown, *text_lines(ran)])


def _as_json(ran: Ran, pane: int) -> str:
    return as_json({**as_record(ran, pane), "output": ran.output.shown})


def _as_junit(ran: Ran, pane: int) -> str:
    """One suite: a case for each name that failed, or one for the command itself."""
    del pane
    record, result = ran.record, ran.result
    name = record.text or result.tool or "command"
    failing = result.failing[:MAX_XML_NAMES]
    failed = result.status == "fail"
    names = failing or ((name,) if failed else ())
    passed = result.counts.get("passed", 0 if failed else 1)
    cases = [_failed_case(one, ran) for one in names]
    if not failed:
        cases.append(f"  <testcase name={_attribute(name)}/>")
    tests = max(passed + len(names), len(cases))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<testsuite name={_attribute(name)} tests="{tests}" failures="{len(names)}"'
            f' skipped="{result.counts.get("skipped", 0)}" time="{record.seconds or 0.0:.3f}">',
            *cases,
            f"  <system-out>{_xml(chr(10).join(ran.output.shown))}</system-out>",
            "</testsuite>",
        ]
    )


def _failed_case(name: str, ran: Ran) -> str:
    problems = [one for one in ran.result.problems if one.severity == "error"]
    own = next((one for one in problems if name in one.message or one.message in name), None)
    message = own.message if own is not None else ran.result.headline
    place = _xml(place_of(own)) if own is not None else ""
    return (
        f"  <testcase name={_attribute(name)}>"
        f"<failure message={_attribute(message)}>{place}</failure></testcase>"
    )


def _xml(text: str) -> str:
    """Text that XML 1.0 can hold."""
    return escape("".join(c for c in text if c in "\n\t" or c.isprintable()), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape("".join(c for c in text if c.isprintable()))}"'


_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def _as_github(ran: Ran, pane: int) -> str:
    """Workflow commands: an annotation for each problem, or one for the command that failed."""
    del pane
    lines = [_annotation(problem) for problem in ran.result.problems]
    if ran.result.status == "fail" and not lines:
        lines.append(f"::error::{_data(summary(ran))}")
    return "\n".join([*map(_harmless, ran.output.shown), *lines, _harmless(summary(ran))])


def _annotation(problem: Problem) -> str:
    values = {"file": problem.path, "line": problem.line, "col": problem.column}
    given = ",".join(f"{name}={_property(value)}" for name, value in values.items() if value)
    level = _LEVELS[problem.severity]
    return (
        f"::{level} {given}::{_data(problem.message)}"
        if given
        else (f"::{level}::{_data(problem.message)}")
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str | int) -> str:
    return _data(str(value)).replace(":", "%3A").replace(",", "%2C")


def _harmless(line: str) -> str:
    """A line of output that the runner does not take for a command of ours."""
    return f" {line}" if line.lstrip().startswith(("::", "##[")) else line


FORMATS: Mapping[str, Callable[[Ran, int], str]] = {
    "text": _as_text,
    "json": _as_json,
    "junit": _as_junit,
    "github": _as_github,
}
"""By what `--format` calls them: the command and the number of its pane to text."""
