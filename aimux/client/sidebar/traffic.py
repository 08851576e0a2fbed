"""TRAFFIC: the messages between agents and people, what a person has to read first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import ATTENTION, FAILURE, QUIET
from aimux.client.sidebar.panel import Entry, Panel, View, cut, joined, spread, styled
from aimux.protocol.facts import MessageFact
from aimux.protocol.messages import Facts, PaneOpened

ME = "me"
_STYLES = {"dead": FAILURE, "expired": FAILURE}
_URGENT = frozenset({"high", "urgent"})


def _note(view: View) -> Text:
    queued = sum(message.state == "queued" for message in view.facts.messages)
    return styled(f"{queued} queued" if queued else "", QUIET)


def _entries(view: View) -> list[Entry]:
    ordered = sorted(view.facts.messages, key=lambda message: _style(message) != ATTENTION)
    return [_entry(message, view) for message in ordered]


def _entry(message: MessageFact, view: View) -> Entry:
    style = _style(message)
    arrow = view.marks.arrow
    words = joined((f"{message.sender} {arrow} {message.recipient}", style), ("  ", ""))
    by = f" by {message.way}" if message.way else ""
    words.append_text(styled(f"{message.kind}{by}", QUIET))
    state = styled(f"{message.state} {age_text(view.now - message.since)}", style or QUIET)
    rows = [spread(words, state, view.width, view.marks)]
    if message.text:
        rows.append(cut(styled(f"  {message.text}", QUIET), view.width, view.marks))
    opens = PaneOpened(message.pane) if message.pane >= 0 else None
    return Entry(str(message.id), tuple(rows), opens)


def _style(message: MessageFact) -> str:
    """Colour for what was lost, and for what a person has not read."""
    if message.recipient == ME and message.state in ("queued", "delivered"):
        return ATTENTION
    if message.priority in _URGENT and message.state == "queued":
        return ATTENTION
    return _STYLES.get(message.state, "")


def _moments(facts: Facts) -> Iterable[float]:
    return (message.since for message in facts.messages)


PANEL = Panel("traffic", "TRAFFIC", "messages between agents", _note, _entries, _moments)
