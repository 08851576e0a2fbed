"""When a pane's screen is looked at: once it has been quiet, and now and then while it prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aimux.model.pane import Pane

QUIET_SECONDS = 0.3
"""A pane that has printed nothing for so long has drawn what it wanted to."""
BUSY_SECONDS = 1.0
"""A pane that goes on printing is looked at no more often."""
_SHORTEST = 0.01


@dataclass(slots=True)
class _Looks:
    printed: float
    looked: float
    is_due: bool = False


class ScreenLooks:
    """Plans looks; a pane that prints nothing costs nothing.

    Args:
        now: Seconds on the monotonic clock.
        later: Calls an action after some seconds.
        look: Looks at a pane.
    """

    def __init__(
        self,
        *,
        now: Callable[[], float],
        later: Callable[[float, Callable[[], None]], None],
        look: Callable[[Pane], None],
    ) -> None:
        self._now = now
        self._later = later
        self._look = look
        self._panes: dict[int, _Looks] = {}

    def soon(self, pane: Pane) -> None:
        """The pane has printed, or something else makes its screen worth a look."""
        now = self._now()
        looks = self._panes.get(pane.id)
        if looks is None:
            looks = self._panes[pane.id] = _Looks(now, now)
        looks.printed = now
        if not looks.is_due:
            looks.is_due = True
            looks.looked = max(looks.looked, now - BUSY_SECONDS + QUIET_SECONDS)
            self._later(QUIET_SECONDS, lambda: self._check(pane, looks))

    def forget(self, pane: Pane) -> None:
        """The pane, or its agent, has gone."""
        self._panes.pop(pane.id, None)

    def _check(self, pane: Pane, looks: _Looks) -> None:
        if self._panes.get(pane.id) is not looks:
            return
        now = self._now()
        quiet = now - looks.printed
        is_quiet = quiet >= QUIET_SECONDS - _SHORTEST
        if is_quiet or now - looks.looked >= BUSY_SECONDS:
            looks.looked = now
            self._look(pane)
        if is_quiet:
            looks.is_due = False
        else:
            self._later(max(_SHORTEST, QUIET_SECONDS - quiet), lambda: self._check(pane, looks))
