"""TASKS: the board, what failed and what is being done before what is still open."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import FAILURE, QUIET
from aimux.client.sidebar.marks import Marks
from aimux.client.sidebar.panel import Entry, Panel, View, joined, spread, styled
from aimux.protocol.facts import TaskFact
from aimux.protocol.messages import Facts, PaneOpened

_RANKS = ("failed", "working", "claimed", "open", "blocked", "done", "cancelled")
_QUIET_STATES = frozenset({"blocked", "done", "cancelled"})


def _note(view: View) -> Text:
    tasks = view.facts.tasks
    failed = sum(task.state == "failed" for task in tasks)
    left = sum(task.state not in ("done", "cancelled", "failed") for task in tasks)
    note = styled(f"{left} to do" if tasks else "", QUIET)
    return note.append(f" {view.marks.dot} {failed} failed", FAILURE) if failed else note


def _rank(task: TaskFact) -> int:
    return _RANKS.index(task.state) if task.state in _RANKS else len(_RANKS)


def _entries(view: View) -> list[Entry]:
    return [_entry(task, view) for task in sorted(view.facts.tasks, key=_rank)]


def _entry(task: TaskFact, view: View) -> Entry:
    style = FAILURE if task.state == "failed" else QUIET if task.state in _QUIET_STATES else ""
    words = joined((f"{_mark(task, view.marks)} ", style), (f"#{task.id} ", QUIET))
    words.append_text(styled(task.text, style if task.state in _QUIET_STATES else ""))
    row = spread(words, styled(_holder(task, view.now), QUIET), view.width, view.marks)
    opens = PaneOpened(task.pane) if task.pane >= 0 else None
    return Entry(str(task.id), (row,), opens)


def _holder(task: TaskFact, now: float) -> str:
    """Who has it and how far it is, or what it waits for."""
    if task.needs:
        return "after " + " ".join(f"#{need}" for need in task.needs)
    progress = f"{task.progress}%" if task.progress is not None else ""
    age = age_text(now - task.since)
    return " ".join(part for part in (task.owner, progress, age) if part)


def _mark(task: TaskFact, marks: Marks) -> str:
    table = {
        "failed": marks.failed,
        "working": marks.runs,
        "claimed": marks.of("starting"),
        "done": marks.succeeded,
        "cancelled": marks.of("exited"),
        "blocked": marks.of("limited"),
    }
    return table.get(task.state, marks.ended)


def _moments(facts: Facts) -> Iterable[float]:
    return (task.since for task in facts.tasks)


PANEL = Panel("tasks", "TASKS", "who does what", _note, _entries, _moments)
