"""What an agent's screen and title tell of its state: the last resort, where no source speaks.

The rules are data of a kind (`[screen]` in its TOML). A screen that no rule knows says nothing: it
is never taken for an idle agent.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from aimux.agents.state_names import AgentStateName
from aimux.errors import ParseError

MAX_ROWS = 60
"""Rows that are looked at, counted from the last one with text; blank ones do not count."""
MAX_CELLS = 400
"""Characters of a row that are looked at."""

_RULE_KEYS = frozenset({"name", "state", "reason", "title", "text", "absent"})
_PART = re.compile(r"%(\w+)%")
_RULER = re.compile("[─━╌═]{3,}")
_ANYTHING = re.compile("")


@dataclass(frozen=True, slots=True)
class ScreenRule:
    r"""One look that an agent has.

    Attributes:
        name: What `agent explain` calls it.
        state: What the agent does while it looks so.
        reason: For `waiting`, on what: `permission`, `question`, `dialog`; else "".
        title: Found in the pane's title, from its start.
        text: Found in the rows; `^` and `$` are those of a row, `\A` and `\Z` of all. A group
            `detail` is the request or the message.
        absent: Must not be found in the rows; `None` forbids nothing.
    """

    name: str
    state: AgentStateName
    reason: str
    title: re.Pattern[str]
    text: re.Pattern[str]
    absent: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class ScreenFinding:
    """What a rule found: the state, the request or the message ("" if none), and the rule."""

    state: AgentStateName
    reason: str
    detail: str
    rule: str


def read_screen(
    rules: Sequence[ScreenRule], rows: Sequence[str], title: str
) -> ScreenFinding | None:
    """What the first rule that fits says, or `None`.

    Args:
        rules: Those of the agent's kind, in their order.
        rows: The screen's rows as text.
        title: The pane's title, "" if none was set.
    """
    text = "\n".join(row.rstrip()[:MAX_CELLS] for row in _written(rows))
    for rule in rules:
        found = rule.text.search(text)
        if found is None or not rule.title.match(title):
            continue
        if rule.absent is None or not rule.absent.search(text):
            detail = found.groupdict().get("detail") or ""
            return ScreenFinding(rule.state, rule.reason, _one_line(detail), rule.name)
    return None


def parse_screen_rules(kind: str, table: object) -> tuple[ScreenRule, ...]:
    """The rules in `[screen]` of a kind's file.

    `parts` are pieces of patterns by name; `%name%` in a rule's pattern, or in a part below it,
    stands for one.

    Raises:
        ParseError: A key is unknown or missing, or a pattern is none.
    """
    if not isinstance(table, dict) or set(table) - {"parts", "rules"}:
        raise ParseError(f"{kind}.toml: [screen] is not a table of parts and rules")
    parts, rules = table.get("parts", {}), table.get("rules", [])
    if not isinstance(parts, dict) or not all(isinstance(part, str) for part in parts.values()):
        raise ParseError(f"{kind}.toml: screen.parts is not a table of strings")
    if not isinstance(rules, list):
        raise ParseError(f"{kind}.toml: screen.rules is not a list of tables")
    whole: dict[str, str] = {}
    for name, part in parts.items():
        whole[name] = _with_parts(kind, name, part, whole)
    return tuple(_rule(kind, rule, whole) for rule in rules)


def parse_composer(kind: str, table: object) -> re.Pattern[str] | None:
    """The part called `composer` in `[screen]`: the box that one types in; `None` without one.

    Raises:
        ParseError: It is no pattern.
    """
    parts = table.get("parts", {}) if isinstance(table, dict) else {}
    text = parts.get("composer")
    return _pattern(kind, "composer", text, parts) if isinstance(text, str) else None


def composed(composer: re.Pattern[str], rows: Sequence[str]) -> str:
    """What stands in the box that one types in, with its frame; "" where none is seen."""
    found = composer.search("\n".join(row.rstrip()[:MAX_CELLS] for row in _written(rows)))
    return found[0] if found is not None else ""


def _rule(kind: str, table: object, parts: Mapping[str, str]) -> ScreenRule:
    if not isinstance(table, dict) or set(table) - _RULE_KEYS:
        raise ParseError(f"{kind}.toml: a screen rule is not a table of {sorted(_RULE_KEYS)}")
    words = {key: value for key, value in table.items() if isinstance(value, str)}
    name, state = words.get("name", ""), words.get("state", "")
    if len(words) != len(table) or not name or not {"title", "text"} & set(words):
        raise ParseError(
            f"{kind}.toml: a screen rule lacks a name, or a title or a text to look for"
        )
    if state not in get_args(AgentStateName):
        raise ParseError(f"{kind}.toml: {name}: unknown state: {state}")
    patterns = {
        key: _pattern(kind, name, words[key], parts)
        for key in ("title", "text", "absent")
        if key in words
    }
    return ScreenRule(
        name=name,
        state=_STATES[state],
        reason=words.get("reason", ""),
        title=patterns.get("title", _ANYTHING),
        text=patterns.get("text", _ANYTHING),
        absent=patterns.get("absent"),
    )


_STATES: Mapping[str, AgentStateName] = {state: state for state in get_args(AgentStateName)}


def _pattern(kind: str, name: str, text: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    try:
        return re.compile(_with_parts(kind, name, text, parts), re.MULTILINE)
    except re.error as error:
        raise ParseError(f"{kind}.toml: {name}: {error}") from error


def _with_parts(kind: str, name: str, text: str, parts: Mapping[str, str]) -> str:
    try:
        return _PART.sub(lambda part: parts[part[1]], text)
    except KeyError as error:
        raise ParseError(f"{kind}.toml: {name}: unknown part: {error.args[0]}") from error


def _written(rows: Sequence[str]) -> list[str]:
    return [row for row in rows if row.strip()][-MAX_ROWS:]


def _one_line(text: str) -> str:
    return " ".join(_RULER.sub(" ", text).split())
