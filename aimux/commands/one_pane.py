"""A narrow terminal, such as a phone's, shows one pane at a time, below a row of tabs.

That is the client's view alone: no layout changes and nothing is zoomed, so that what other clients
show stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from aimux.agents.marks import mark_of
from aimux.commands.effects import Effects
from aimux.model.client import Client
from aimux.model.layout_cell import Cell, Direction
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.window import Window
from aimux.security.clean import clean

MOST_BESIDE = 8
"""So many panes side by side, or one below another, are given room; what is more shares it."""
MAX_TABS = 50
MAX_LABEL = 16


class Tab(Struct, frozen=True):
    """A pane that a narrow client can turn to.

    Attributes:
        label: The index of its window, with the pane's own if it has several, and a name; clean.
        mark: The shape of its agent's state; empty where no agent runs.
        state: That state.
        is_shown: Whether it is the one that is shown.
    """

    pane: Pane
    label: str
    mark: str
    state: str
    is_shown: bool


def is_narrow(client: Client) -> bool:
    """Whether a client shows one pane at a time: `narrow-columns` says below which width."""
    session = client.session
    if session is None or client.as_tmux or client.control is not None:
        return False
    if session.options.text("sidebar") == "off":
        return False
    return client.columns < session.options.number("narrow-columns")


def tab_rows(client: Client) -> int:
    """How many rows the tabs take: none where there is one pane only."""
    session = client.session
    if session is None or not is_narrow(client):
        return 0
    return int(sum(len(link.window.panes) for link in session.ordered()) > 1)


def roomy_size(window: Window, columns: int, rows: int) -> tuple[int, int]:
    """A size for a window that only narrow clients show: each of its panes has about their size.

    Args:
        window: One with any number of panes; a zoomed one has the client's own size.
        columns: Cells that the client has for a pane.
        rows: Rows that it has for one.
    """
    if window.zoomed:
        return columns, rows
    across, down = (min(number, MOST_BESIDE) for number in _spread(window.layout.root))
    return across * (columns + 1) - 1, down * (rows + 1) - 1


def _spread(cell: Cell) -> tuple[int, int]:
    """How many panes a part of a layout has side by side, and how many below one another."""
    parts = [_spread(child) for child in cell.children]
    if not parts:
        return 1, 1
    across, down = [part[0] for part in parts], [part[1] for part in parts]
    if cell.direction is Direction.LEFT_RIGHT:
        return sum(across), max(down)
    return max(across), sum(down)


def tabs(effects: Effects, client: Client) -> list[Tab]:
    """What a narrow client can turn to, in order: the panes of its session, at most MAX_TABS."""
    session = client.session
    if session is None:
        return []
    return list(_tabs(effects, client, session))[:MAX_TABS]


def _tabs(effects: Effects, client: Client, session: Session) -> Iterator[Tab]:
    for link in session.ordered():
        window = link.window
        base = window.options.number("pane-base-index")
        for index, pane in enumerate(window.panes, base):
            fact = effects.agent(pane)
            several = len(window.panes) > 1
            number = f"{link.index}.{index}" if several else f"{link.index}"
            name = fact.name if several and fact is not None else window.name
            yield Tab(
                pane,
                f"{number} {clean(name, limit=MAX_LABEL)}",
                mark_of(fact.state) if fact is not None else "",
                fact.state if fact is not None else "",
                is_shown=link is session.current and pane is client.pane,
            )
