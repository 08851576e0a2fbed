"""What was decided, by whom and why, and how it turned out. Functions of an open transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from aimux.errors import CommandError
from aimux.persist.store import Store, Value
from aimux.security.clean import clean
from aimux.security.redact import redact

OUTCOMES = ("ok", "bad")
MAX_TEXT = 16 << 10
"""Characters of one text; what is longer is cut."""
MAX_OPTIONS = 50
MAX_KEPT = 20_000
"""Decisions that are kept; the oldest go."""
MAX_FOUND = 10_000
_COLUMNS = (
    *("at", "author", "agent", "path", "kind", "title", "options", "chosen", "why", "confidence"),
    *("link", "outcome", "outcome_at", "outcome_by", "command", "revision"),
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. Times are seconds since the epoch.

    Attributes:
        author: The address of who decided: `me`, a name, `%3`.
        agent: The agent there, or the one that was answered; "" if none.
        path: The directory that it was made in.
        kind: `decision`, or for what is kept by itself `approval` (a person answered an agent),
            `intervention` (one typed while it worked, or interrupted it), `retry` (of a task).
        options: What there was to choose from.
        confidence: 0 to 1; None if nothing was said.
        link: What it led to, in the author's words: a commit, a task, a command.
        outcome: `ok`, `bad`, or "" while that is not known.
        command: The last command of its pane before it; "" if none is known.
        revision: The commit that was checked out where it was made; "" outside of git. What was
            changed since is `git diff` of it.
    """

    at: float
    author: str
    agent: str
    path: str
    title: str
    options: tuple[str, ...] = ()
    chosen: str = ""
    why: str = ""
    confidence: float | None = None
    kind: str = "decision"
    link: str = ""
    outcome: str = ""
    outcome_at: float | None = None
    outcome_by: str = ""
    command: str = ""
    revision: str = ""
    id: int = 0


def log(store: Store, decision: Decision) -> int:
    """Keep a decision, without secrets; its id."""
    values: dict[str, Value] = {name: getattr(decision, name) for name in _COLUMNS}
    for name in ("title", "chosen", "why", "link", "path", "command", "revision"):
        values[name] = _storable(str(values[name]))
    options = [_storable(one) for one in decision.options[:MAX_OPTIONS]]
    values["options"] = json.dumps(options)
    names, places = ", ".join(_COLUMNS), ", ".join(f":{name}" for name in _COLUMNS)
    sql = f"INSERT INTO decision ({names}) VALUES ({places})"  # noqa: S608  # names of ours
    number = store.execute(sql, values).lastrowid or 0
    store.execute("DELETE FROM decision WHERE id <= ?", (number - MAX_KEPT,))
    return number


def _storable(text: str) -> str:
    return redact(text[:MAX_TEXT]).encode("utf-8", "replace").decode()


def set_outcome(store: Store, number: int, outcome: str, by: str, *, now: float) -> None:
    """Say how it turned out; the last word counts. Raises CommandError if there is no such one."""
    met = store.execute(
        "UPDATE decision SET outcome = ?, outcome_at = ?, outcome_by = ? WHERE id = ?",
        (outcome, now, by, number),
    )
    if not met.rowcount:
        raise CommandError(f"no decision {number}")


def list_decisions(store: Store, *, limit: int) -> list[Decision]:
    """The newest, the oldest of them first."""
    names = ", ".join(_COLUMNS)
    sql = f"SELECT id, {names} FROM decision ORDER BY id DESC LIMIT ?"  # noqa: S608  # ours
    rows = list(store.execute(sql, (min(limit, MAX_FOUND),)))
    return [_decision(row) for row in reversed(rows)]


def _decision(row: Sequence[Value]) -> Decision:
    fields = dict(zip(("id", *_COLUMNS), row, strict=True))
    options = tuple(map(str, json.loads(str(fields.pop("options")))))
    return Decision(options=options, **fields)  # type: ignore[arg-type]  # the schema's types


def as_markdown(decisions: Sequence[Decision], dates: Sequence[str]) -> str:
    """A document, a heading for each; nothing that was written in one is markup in it.

    Args:
        decisions: What it holds.
        dates: The date of each, as it is to be shown.
    """
    lines = ["# Decisions"]
    for one, date in zip(decisions, dates, strict=True):
        who = f"{one.author} ({one.agent})" if one.agent else one.author
        lines += ["", f"## {one.id}. {_plain(one.title)}", "", f"{date}, {_plain(who)}", ""]
        lines += [f"* {_plain(option)}" for option in one.options]
        facts = {
            "Chosen": one.chosen,
            "Why": one.why,
            "Confidence": "" if one.confidence is None else f"{one.confidence:g}",
            "Link": one.link,
            "Command": one.command,
            "Commit": one.revision,
            "Outcome": one.outcome,
        }
        lines += [f"* **{name}**: {_plain(value)}" for name, value in facts.items() if value]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """One line in which Markdown's own characters stand for themselves."""
    line = clean(text, limit=MAX_TEXT)
    return "".join(f"\\{one}" if one in "\\`*_{}[]<>#|!" else one for one in line)
