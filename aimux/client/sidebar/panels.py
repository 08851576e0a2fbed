"""Which panels there are, and which of them a sidebar shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from aimux.client.sidebar import agents, context, place, results, tasks, traffic
from aimux.client.sidebar.ages import next_change
from aimux.client.sidebar.panel import Panel
from aimux.protocol.server_messages import Facts

PANELS = (
    agents.PANEL,
    results.PANEL,
    traffic.PANEL,
    context.PANEL,
    tasks.PANEL,
    place.PANEL,
)

BY_NAME = {panel.name: panel for panel in PANELS}


def panels_named(names: Iterable[str]) -> tuple[Panel, ...]:
    """The panels of these names in that order, each once; names that no panel has are passed over.

    With nothing left it is the agents' panel: a sidebar that is shown shows something.
    """
    known = dict.fromkeys(name for name in names if name in BY_NAME)
    return tuple(BY_NAME[name] for name in known) or (agents.PANEL,)


def seconds_to_next_change(panels: Sequence[Panel], facts: Facts, now: float) -> float | None:
    """Seconds until an age in one of the panels changes; None if nothing in them ticks."""
    return next_change(chain.from_iterable(panel.moments(facts) for panel in panels), now)
