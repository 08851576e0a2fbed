"""Who gets which task. Pure: tasks, agents and the time come in, pairs go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

AGEING_SECONDS = 600.0
"""A task that has waited so long counts as one of the next higher priority: none starves."""
BACKOFF_SECONDS = 5.0
MAX_BACKOFF_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that may begin: what comes first is done, and its pause is over.

    Attributes:
        priority: 0 is the lowest.
        created: Seconds since the epoch.
        role: The role that its agent must have; "" for any.
        needs: What its agent must be able to do.
        pane: The only one that gets it; -1 for any.
    """

    id: int
    priority: int
    created: float
    role: str = ""
    needs: frozenset[str] = frozenset()
    pane: int = -1


@dataclass(frozen=True, slots=True)
class Worker:
    """A pane whose agent has said that it waits for work, and that has no task.

    Attributes:
        pane: Its number; of those on other hosts any number above all panes'.
        given: The tasks that it was given before.
    """

    pane: int
    role: str = ""
    capabilities: frozenset[str] = frozenset()
    given: int = 0


def schedule(
    tasks: Sequence[Waiting], workers: Sequence[Worker], *, now: float
) -> list[tuple[int, int]]:
    """Pairs of a task's id and a pane; each task and each pane at most once.

    The most urgent task chooses first, the longest waiting of those alike. Of the agents that can
    do it, it gets the one that was given the fewest, and of those the one that can do least else.
    """
    free = list(workers)
    pairs = []
    for task in sorted(tasks, key=lambda task: (-urgency(task, now=now), task.id)):
        able = [worker for worker in free if can_do(worker, task)]
        if able:
            chosen = min(able, key=lambda one: (one.given, len(one.capabilities), one.pane))
            free.remove(chosen)
            pairs.append((task.id, chosen.pane))
    return pairs


def urgency(task: Waiting, *, now: float) -> float:
    """Its priority, and more the longer it has waited."""
    return task.priority + max(0.0, now - task.created) / AGEING_SECONDS


def can_do(worker: Worker, task: Waiting) -> bool:
    """Whether an agent has the role and the abilities, and nobody else is meant."""
    is_meant = task.pane in (-1, worker.pane)
    return is_meant and task.role in ("", worker.role) and task.needs <= worker.capabilities


def backoff(tries: int) -> float:
    """Seconds to wait after so many tries: twice as long after each."""
    return min(MAX_BACKOFF_SECONDS, BACKOFF_SECONDS * 2.0 ** min(max(tries, 1) - 1, 20))
