"""PANE: which pane has the focus, what runs in it and where."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.colours import QUIET
from aimux.client.sidebar.panel import Panel, View, ending, spread, styled
from aimux.protocol.messages import Facts


def _note(view: View) -> Text:
    return styled(view.facts.pane, QUIET)


def _entries(view: View) -> list[list[Text]]:
    title = spread(styled(view.facts.title), Text(), view.width)
    path = styled(ending(view.facts.path, view.width), QUIET)
    return [[row] for row, text in ((title, view.facts.title), (path, view.facts.path)) if text]


def _moments(_facts: Facts) -> Iterable[float]:
    return ()


PANEL = Panel("PANE", _note, _entries, _moments, empty="")
