"""What an agent's window title, its progress bar and its notifications tell of its state.

Weak sources: a title may say `idle` under an open dialog, so the rules of a kind (`[[titles]]` in
its TOML) name only what its title is right about; any other title takes back what the last said.
"""

import re
from dataclasses import dataclass
from typing import get_args

from aimux.agents.state_claims import Claim
from aimux.agents.state_names import AgentStateName
from aimux.errors import ParseError
from aimux.security.clean import clean

MAX_TITLE = 200
"""Cells of a title or a notification that are looked at."""
PROGRESS_CODE, NOTIFICATION_CODE, INDICATOR_CODE = 9, 777, 21337
_KEYS = frozenset({"match", "state", "reason"})
_BUSY = frozenset({"1", "3"})
_FAILED = "2"
_APPROVAL = re.compile(
    r"approval|permission|needs your (?:attention|input)|waiting for", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TitleRule:
    """A title, found by a pattern from its start, and the state that it stands for."""

    match: re.Pattern[str]
    state: AgentStateName
    reason: str = ""


def read_title(rules: tuple[TitleRule, ...], title: str, now: float) -> Claim:
    """What a title says; `unknown` if no rule fits."""
    shown = clean(title, limit=MAX_TITLE)
    for rule in rules:
        if rule.match.match(shown):
            evidence = f"title {shown}"
            return Claim("terminal", rule.state, now, reason=rule.reason, evidence=evidence)
    return Claim("terminal", "unknown", now, evidence=f"title {shown}" if shown else "")


def read_sequence(code: int, payload: str, now: float) -> Claim | None:
    """What OSC 9;4 (progress), OSC 777 (a notification) or OSC 21337 (iTerm2) says, or `None`."""
    words = payload.split(";", 3)
    if code == PROGRESS_CODE and words[0] == "4":
        return _progress(words[1:], now)
    if code == NOTIFICATION_CODE and words[0] == "notify":
        text = clean(" ".join(words[1:]), limit=MAX_TITLE)
        if _APPROVAL.search(text):
            return Claim("terminal", "waiting", now, detail=text, evidence=f"osc 777 {text}")
    if code == INDICATOR_CODE:
        return _indicator(payload, now)
    return None


def parse_title_rules(kind: str, table: object) -> tuple[TitleRule, ...]:
    """The `[[titles]]` of a kind's file.

    Raises:
        ParseError: A key is unknown or missing, or a pattern is none.
    """
    if not isinstance(table, list):
        raise ParseError(f"{kind}.toml: titles is not a list of tables")
    return tuple(_rule(kind, one) for one in table)


def _rule(kind: str, table: object) -> TitleRule:
    if not isinstance(table, dict) or set(table) - _KEYS or not {"match", "state"} <= set(table):
        raise ParseError(f"{kind}.toml: a title is not a table of {sorted(_KEYS)}")
    found = [one for one in get_args(AgentStateName) if one == table["state"]]
    if not found:
        raise ParseError(f"{kind}.toml: a title: unknown state: {table['state']}")
    try:
        return TitleRule(re.compile(table["match"]), found[0], str(table.get("reason", "")))
    except (re.error, TypeError) as error:
        raise ParseError(f"{kind}.toml: a title: {error}") from error


def _progress(words: list[str], now: float) -> Claim:
    """OSC 9 ; 4 ; state ; percent: 0 none, 1 so much, 2 failed, 3 some, 4 paused (ConEmu)."""
    state = words[0] if words else ""
    percent = words[1] if len(words) > 1 else ""
    progress = min(100, int(percent)) if percent.isdecimal() and len(percent) <= 3 else None
    evidence = f"osc 9;4;{clean(state, limit=4)}"
    if state in _BUSY:
        return Claim("terminal", "working", now, evidence=evidence, progress=progress)
    return Claim("terminal", "error" if state == _FAILED else "unknown", now, evidence=evidence)


def _indicator(payload: str, now: float) -> Claim | None:
    """OSC 21337 ; indicator=#rrggbb ; status=TEXT: iTerm2's mark of a session."""
    fields = dict(part.partition("=")[::2] for part in payload.split(";")[:8])
    status = clean(fields.get("status", ""), limit=MAX_TITLE).strip().lower()
    state = next((one for one in get_args(AgentStateName) if one == status), None)
    if state is None:
        return None
    return Claim("terminal", state, now, evidence=f"osc 21337 {status}")
