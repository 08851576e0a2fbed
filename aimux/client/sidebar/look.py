"""The colours of the panels' rows: what a theme makes of the styles that `colours` names."""

from __future__ import annotations

from functools import lru_cache

from rich.text import Span, Text

from aimux.client.sidebar.colours import ATTENTION, FAILURE, HEADING, QUIET
from aimux.protocol.server_messages import Look

NO_LOOK = Look()


def in_colours(row: Text, look: Look) -> Text:
    """A panel's row as it is shown; the row itself stays as it is."""
    styles = _styles(look)
    if not styles:
        return row
    shown = row.copy()
    shown.spans = [
        Span(span.start, span.end, styles.get(str(span.style), span.style)) for span in row.spans
    ]
    return shown


@lru_cache(maxsize=8)
def _styles(look: Look) -> dict[str, str]:
    """By the style that a panel names, what is drawn."""
    if not look.colours:
        return {HEADING: "bold", QUIET: "dim", ATTENTION: "bold reverse", FAILURE: "bold underline"}
    themed = {
        HEADING: ("bold", look.accent),
        QUIET: ("not bold", look.quiet),
        ATTENTION: ("bold", look.attention),
        FAILURE: ("bold", look.failure),
    }
    return {name: f"{weight} {colour}" for name, (weight, colour) in themed.items() if colour}
