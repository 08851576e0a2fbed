"""Which panels there are, top first, and how they share the sidebar's height."""

from __future__ import annotations

from itertools import chain

from rich.text import Text

from aimux.client.sidebar import agents, commands, place
from aimux.client.sidebar.ages import next_change
from aimux.client.sidebar.panel import View, share
from aimux.protocol.messages import Facts

PANELS = (agents.PANEL, commands.PANEL, place.PANEL)


def sidebar_rows(view: View, height: int) -> list[Text]:
    """At most `height` rows: the panels with an empty row between them where there is room."""
    gaps = len(PANELS) - 1
    wanted = [panel.height(view) for panel in PANELS]
    roomy = height >= 3 * len(PANELS) + gaps
    heights = share(wanted, height - gaps if roomy else height)
    rows: list[Text] = []
    for panel, room in zip(PANELS, heights, strict=True):
        if rows and roomy and room:
            rows.append(Text(end=""))
        rows += panel.rows(view, room)
    return rows[:height]


def seconds_to_next_change(facts: Facts, now: float) -> float | None:
    """Seconds until an age in the sidebar changes; None if nothing in it ticks."""
    return next_change(chain.from_iterable(panel.moments(facts) for panel in PANELS), now)
