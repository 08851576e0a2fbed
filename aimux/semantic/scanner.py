"""A tool's rules applied to lines, one after another. What they find goes into `Findings`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aimux.semantic.findings import MAX_TEXT, Findings
from aimux.semantic.places import is_own
from aimux.semantic.result import Problem, Severity
from aimux.semantic.tool_table import Rule, Tool

_PAIR = re.compile(r"\b([0-9]{1,9}) (?:tests? |subtests? |examples? |expected )?([a-z]{3,16})")
_ASSIGNED = re.compile(r"\b([A-Za-z][A-Za-z ]{2,20})[=:] {0,9}([0-9]{1,9})\b")
_SLOT = re.compile(r"<([a-z_]+)>")
_INTEGER = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"-?[0-9]{1,9}\.[0-9]{1,9}")

COUNTED: Mapping[str, str] = {
    word: name
    for name, words in {
        "passed": "passed passing pass passes succeeded success ok",
        "failed": "failed failing fail failure failures fails",
        "errors": "error errors",
        "warnings": "warning warnings",
        "skipped": "skipped skip skips pending",
        "xfailed": "xfailed",
        "xpassed": "xpassed",
        "deselected": "deselected",
        "ignored": "ignored",
        "todo": "todo",
        "cancelled": "cancelled",
        "notes": "notes",
        "rerun": "rerun",
        "filtered": "filtered",
        "measured": "measured",
        "assertions": "assertions",
    }.items()
    for word in words.split()
}
"""The words in which tools count, and what a result calls them."""

_ASSIGNED_NAMES: Mapping[str, str] = {
    **COUNTED,
    "expected failures": "xfailed",
    "unexpected successes": "xpassed",
    "tests run": "tests",
    "tests": "tests",
    "incomplete": "incomplete",
    "risky": "risky",
    "total": "tests",
}

SEVERITIES: Mapping[str, Severity] = {
    **dict.fromkeys(
        ["error", "fatal error", "fatal", "err", "e", "f", "severe", "critical"], "error"
    ),
    **dict.fromkeys(["warning", "warn", "w", "c", "r", "convention"], "warning"),
    **dict.fromkeys(["note", "info", "information", "help", "hint", "i", "n", "style"], "note"),
}
"""What tools call a severity, in lower case."""

_WORDS = frozenset(
    ["commit", "branch", "upstream", "subject", "from", "head", "error", "reason", "host"]
)
_PROBLEM_GROUPS = frozenset(["path", "line", "column", "severity", "message", "code", "name"])


@dataclass(slots=True)
class _Opened:
    """A diagnostic whose place has not been printed yet."""

    severity: Severity
    message: str
    code: str
    row: int


class Scanner:
    """The rules of one tool, and where in its output they stand.

    Attributes:
        tool: Whose rules they are.
        findings: What they found.
    """

    def __init__(self, tool: Tool) -> None:
        self.tool = tool
        self.findings = Findings()
        self._rules = tool.rules
        self._section = ""
        self._path = ""
        self._opened: _Opened | None = None
        self._frame: tuple[Mapping[str, str], _Opened] | None = None
        self._title: list[str] = []

    def feed(self, line: str, row: int) -> None:
        """Apply the rules in order; the first that fits is the last, unless it says `also`."""
        for rule in self._rules:
            if rule.needs not in line or (rule.inside and rule.inside != self._section):
                continue
            match = rule.match.search(line)
            if match is not None:
                self._apply(rule, match, row)
                if not rule.also:
                    return

    def _apply(self, rule: Rule, match: re.Match[str], row: int) -> None:
        groups = {name: text for name, text in match.groupdict().items() if text is not None}
        if rule.section:
            self._section = "" if rule.section == "-" else rule.section
        if rule.title:
            self._take_title(rule, groups)
        if rule.problem:
            _PROBLEMS[rule.problem](self, rule, groups, row)
        self._take_facts(rule, match, groups)
        self._take_verdict(rule, groups)

    def _take_facts(self, rule: Rule, match: re.Match[str], groups: Mapping[str, str]) -> None:
        findings = self.findings
        for name, text in groups.items():
            if name not in _PROBLEM_GROUPS:
                self._take_value(name, text, rule.how)
        if rule.counts:
            _COUNTS[rule.counts](findings, match.string, rule.how)
        if rule.into and "name" in groups:
            name = groups["name"]
            if rule.parts:
                name = " ".join(part.strip() for part in name.split(rule.parts))
            for item in name.split(rule.split) if rule.split else [name]:
                findings.put(rule.into, item)
        if rule.tally:
            findings.count(rule.tally, 1, "add")
        for name, value in rule.sets.items():
            if isinstance(value, int):
                findings.count(name, value, "last")
            else:
                findings.say(name, value, "last")

    def _take_value(self, name: str, text: str, how: str) -> None:
        plain = text.replace(",", "")
        if name in _WORDS:
            self.findings.say(name, text.strip(), how)
        elif _INTEGER.fullmatch(plain):
            self.findings.count(name, int(plain), how)
        elif _DECIMAL.fullmatch(text):
            self.findings.say(name, float(text), how)
        else:
            self.findings.say(name, text.strip(), how)

    def _take_verdict(self, rule: Rule, groups: Mapping[str, str]) -> None:
        findings = self.findings
        findings.hits += 1
        if rule.headline and not (rule.how == "first" and findings.headline):
            findings.headline = _filled(rule.headline, groups)
        findings.status = rule.status or findings.status
        if not self.tool.wraps:
            findings.tool = rule.tool or findings.tool
        findings.kind = rule.kind or findings.kind

    def _take_title(self, rule: Rule, groups: dict[str, str]) -> None:
        """A test's name over several lines, the outer groups first (mocha)."""
        if rule.title == "begin":
            self._title = []
        self._title.append(groups.get("name", "")[:MAX_TEXT])
        del self._title[8:]
        if rule.title == "end":
            groups["name"] = " ".join(self._title)
            self.findings.put("failing", groups["name"])

    def _commit(self, groups: Mapping[str, str], opened: _Opened) -> None:
        self.findings.add_problem(
            Problem(
                path=groups.get("path", self._path)[:MAX_TEXT],
                line=_number(groups.get("line")),
                column=_number(groups.get("column")),
                severity=opened.severity,
                message=opened.message,
                code=opened.code or groups.get("code", ""),
                row=opened.row,
            )
        )

    def _whole(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        self._commit(groups, _opened(rule, groups, row))

    def _open(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        self._opened = _opened(rule, groups, row)
        if self._opened.severity == "error" and not self.findings.said:
            self.findings.said = self._opened.message

    def _open_once(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        self._opened = self._opened or _opened(rule, groups, row)

    def _place(self, _rule: Rule, groups: Mapping[str, str], _row: int) -> None:
        opened, self._opened, self._frame = self._opened, None, None
        if opened is not None:
            self._commit(groups, opened)

    def _hold(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        """A place whose diagnostic comes after it; one in the person's own files is preferred."""
        held = self._frame
        if held is None or is_own(groups.get("path", "")) or not is_own(held[0].get("path", "")):
            self._frame = (groups, _opened(rule, groups, row))

    def _raise(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        frame, self._frame = self._frame, None
        if frame is None:
            return
        place, at = frame
        said = _opened(rule, groups, row)
        severity = at.severity if "severity" in place else said.severity
        self._commit(place, _Opened(severity, said.message, said.code, min(at.row, row)))

    def _raise_more(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        """Of several diagnostics at one place."""
        frame = self._frame
        self._raise(rule, groups, row)
        self._frame = frame

    def _raise_or_open(self, rule: Rule, groups: Mapping[str, str], row: int) -> None:
        act = self._open if self._frame is None else self._raise
        act(rule, groups, row)

    def _flush(self, _rule: Rule, _groups: Mapping[str, str], _row: int) -> None:
        """A diagnostic ends: it stands where the last place was, if there was one."""
        opened, frame = self._opened, self._frame
        self._opened = self._frame = None
        if opened is not None and (frame is not None or self.tool.places):
            self._commit(frame[0] if frame else {}, opened)

    def _file(self, _rule: Rule, groups: Mapping[str, str], _row: int) -> None:
        self._path = groups.get("path", "")

    def _drop(self, _rule: Rule, _groups: Mapping[str, str], _row: int) -> None:
        self._opened = self._frame = None


_PROBLEMS: Mapping[str, Callable[[Scanner, Rule, Mapping[str, str], int], None]] = {
    "whole": Scanner._whole,
    "open": Scanner._open,
    "open once": Scanner._open_once,
    "place": Scanner._place,
    "frame": Scanner._hold,
    "raise": Scanner._raise,
    "raise more": Scanner._raise_more,
    "raise or open": Scanner._raise_or_open,
    "flush": Scanner._flush,
    "file": Scanner._file,
    "drop": Scanner._drop,
}


def _opened(rule: Rule, groups: Mapping[str, str], row: int) -> _Opened:
    word = groups.get("severity", "").lower()
    severity = SEVERITIES.get(word, rule.severity)
    message = groups.get("message", "").strip()[:MAX_TEXT]
    return _Opened(severity, message, groups.get("code", ""), row)


def _number(text: str | None) -> int | None:
    return int(text) if text and _INTEGER.fullmatch(text) else None


def _filled(template: str, groups: Mapping[str, str]) -> str:
    text = _SLOT.sub(lambda slot: groups.get(slot[1], "").strip(), template)
    return text.removesuffix(": ")[:MAX_TEXT]


def _take_pairs(findings: Findings, line: str, how: str) -> None:
    for number, word in _PAIR.findall(line):
        name = COUNTED.get(word)
        if name:
            findings.count(name, int(number), how)


def _take_assigned(findings: Findings, line: str, how: str) -> None:
    for word, number in _ASSIGNED.findall(line):
        name = _ASSIGNED_NAMES.get(word.strip().lower())
        if name:
            findings.count(name, int(number), how)


_COUNTS: Mapping[str, Callable[[Findings, str, str], None]] = {
    "pairs": _take_pairs,
    "assigned": _take_assigned,
}
