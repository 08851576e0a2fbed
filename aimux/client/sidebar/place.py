"""PANE: which pane has the focus, what runs in it and where."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.colours import QUIET
from aimux.client.sidebar.panel import Entry, Panel, View, cut, ending, styled
from aimux.protocol.server_messages import Facts


def _note(view: View) -> Text:
    return styled(view.facts.pane, QUIET)


def _entries(view: View) -> list[Entry]:
    title = cut(styled(view.facts.title), view.width, view.marks)
    path = styled(ending(view.facts.path, view.width, view.marks), QUIET)
    rows = tuple(row for row in (title, path) if row.plain)
    return [Entry("pane", rows)] if rows else []


def _moments(_facts: Facts) -> Iterable[float]:
    return ()


PANEL = Panel("pane", "PANE", "what has the focus", _note, _entries, _moments)
