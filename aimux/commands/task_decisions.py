"""Tries of tasks that stand among the decisions."""

from __future__ import annotations

from aimux.agents.addresses import Caller
from aimux.agents.tasks import Task
from aimux.commands.harmless import first_line
from aimux.observe.decisions import Decision

AIMUX = "aimux"
"""Who decides where nobody was asked."""


def retried(task: Task, caller: Caller, now: float) -> Decision:
    """Somebody wants a task tried anew that was over.

    Args:
        task: As it was before.
        caller: Who wants it.
        now: Seconds since the epoch.
    """
    return Decision(
        at=now,
        author=caller.address,
        agent=caller.agent,
        path=task.worktree or caller.path,
        title=f"task {task.id} is tried anew: {first_line(task.text)}",
        why=task.result,
        kind="retry",
        link=f"task {task.id}",
    )


def ended(task: Task, now: float) -> Decision:
    """A try was ended by its time, its lease, or the end of its agent.

    Args:
        task: As it is now: open to be tried again, or failed.
        now: Seconds since the epoch.
    """
    then = "failed" if task.state == "failed" else "is tried again"
    return Decision(
        at=now,
        author=AIMUX,
        agent="",
        path=task.worktree,
        title=f"task {task.id} {then}: {first_line(task.text)}",
        why=task.result,
        kind="retry",
        link=f"task {task.id}",
    )
