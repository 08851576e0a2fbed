"""Which of an agent's logs belongs to which pane: exactly one, or none.

Codex and Gemini CLI leave no trace from the process to its log (a daemon shared by all panes may
write it). What binds them is time: the log in the agent's directory whose last turn began when the
pane's agent began to work. Where more than one fits, none is taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass

TURN_SECONDS = 2.0
"""How far apart a pane and its log may see the beginning of the same turn."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A log in an agent's directory.

    Attributes:
        path: Its file.
        prompted_at: When its last turn began, seconds since the epoch; `None` if none has.
    """

    path: str
    prompted_at: float | None


def logs_of_turn(candidates: Iterable[Candidate], began_at: float) -> list[str]:
    """The paths of the logs whose last turn began at a time: one binds, several bind none.

    Args:
        candidates: The logs in the agent's directory that are not another pane's.
        began_at: When the pane's agent began to work, seconds since the epoch.
    """
    return [one.path for one in candidates if is_turn_of(one.prompted_at, began_at)]


def is_turn_of(prompted_at: float | None, began_at: float) -> bool:
    """Whether a turn of a log is the one that began in a pane at a time."""
    return prompted_at is not None and abs(prompted_at - began_at) <= TURN_SECONDS
