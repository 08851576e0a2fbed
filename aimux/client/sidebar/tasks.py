"""TASKS: a board of groups by state, what failed first and what is done last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import FAILURE, QUIET
from aimux.client.sidebar.marks import Marks
from aimux.client.sidebar.panel import Entry, Panel, View, joined, spread, styled
from aimux.protocol.client_messages import PaneOpened, RowAsked
from aimux.protocol.facts import TaskFact
from aimux.protocol.message import Message
from aimux.protocol.server_messages import Facts

KIND = "task"
# A group's word, and the states in it.
GROUPS = (
    ("failed", ("failed",)),
    ("running", ("working", "claimed")),
    ("ready", ("open",)),
    ("waiting", ("blocked",)),
    ("done", ("done", "cancelled")),
)
KEYS = (("c", "cancel"), ("r", "retry"), ("a", "assign"), ("p", "pane"))
_KEYS = "cra"
_QUIET_STATES = frozenset({"blocked", "done", "cancelled"})
_URGENT = {"high": "!", "urgent": "!!"}
_BAR = 10
_INDENT = "  "


def _note(view: View) -> Text:
    tasks = view.facts.tasks
    failed = sum(task.state == "failed" for task in tasks)
    left = sum(task.state not in ("done", "cancelled", "failed") for task in tasks)
    note = styled(f"{left} to do" if tasks else "", QUIET)
    return note.append(f" {view.marks.dot} {failed} failed", FAILURE) if failed else note


def _entries(view: View) -> list[Entry]:
    return [entry for word, states in GROUPS for entry in _group(word, states, view)]


def _group(word: str, states: tuple[str, ...], view: View) -> Iterator[Entry]:
    """A heading with how many there are, and each of them; nothing for none."""
    tasks = [task for state in states for task in view.facts.tasks if task.state == state]
    if tasks:
        style = FAILURE if word == "failed" else QUIET
        heading = spread(styled(word, style), styled(str(len(tasks)), style), view.width)
        yield Entry(f"group {word}", (heading,), is_label=True)
    for task in tasks:
        yield _entry(task, view)


def _entry(task: TaskFact, view: View) -> Entry:
    style = FAILURE if task.state == "failed" else QUIET if task.state in _QUIET_STATES else ""
    urgent = _URGENT.get(task.priority, "")
    number = f"{task.id}@{task.host}" if task.host else str(task.id)
    words = joined((f"{_mark(task, view.marks)} ", style), (f"#{number}{urgent} ", QUIET))
    words.append_text(styled(task.text, style if task.state in _QUIET_STATES else ""))
    row = spread(words, styled(_holder(task, view.now), QUIET), view.width, view.marks)
    keys = "" if task.host else _KEYS  # of another host's it is read; it is settled there
    answers: dict[str, Message] = {key: RowAsked(KIND, task.id, key) for key in keys}
    if task.pane >= 0:
        answers["p"] = PaneOpened(task.pane)
    rows = (row, *_progress(task, view.marks))
    return Entry(number, rows, RowAsked(KIND, task.id, "Enter", task.host), answers)


def _progress(task: TaskFact, marks: Marks) -> tuple[Text, ...]:
    """How far it is, where its owner has said so."""
    if task.progress is None or task.state not in ("working", "claimed"):
        return ()
    bar = marks.bar(task.progress, _BAR)
    return (styled(f"{_INDENT}{bar} {task.progress}%", QUIET),)


def _holder(task: TaskFact, now: float) -> str:
    """Who has it and for how long, or what it waits for."""
    if task.needs:
        return "after " + " ".join(f"#{need}" for need in task.needs)
    age = age_text(now - task.since)
    return " ".join(part for part in (task.owner, age) if part)


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


PANEL = Panel("tasks", "TASKS", "who does what", _note, _entries, _moments, keys=KEYS)
