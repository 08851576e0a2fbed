"""TRAFFIC: the messages between agents and people, what a person has to read first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from aimux.client.sidebar.ages import age_text
from aimux.client.sidebar.colours import ATTENTION, FAILURE, QUIET
from aimux.client.sidebar.panel import FILTER, Entry, Panel, View, cut, joined, spread, styled
from aimux.protocol.client_messages import PaneOpened, RowAsked
from aimux.protocol.facts import MessageFact
from aimux.protocol.message import Message
from aimux.protocol.server_messages import Facts

NAME, KIND = "traffic", "message"
ME = "me"
_STYLES = {"dead": FAILURE, "expired": FAILURE}
_URGENT = frozenset({"high", "urgent"})


def _note(view: View) -> Text:
    queued = sum(message.state == "queued" for message in _shown(view))
    only = _only(view)
    parts = (only, f"{queued} queued" if queued else "")
    return styled(f" {view.marks.dot} ".join(part for part in parts if part), QUIET)


def _about(facts: Facts) -> list[str]:
    """Who has sent or is sent something, people last."""
    names = {name for one in facts.messages for name in (one.sender, one.recipient)}
    return sorted(names, key=lambda name: (name == ME, name))


def _only(view: View) -> str:
    """Whom the panel is about; "" for everybody, or for one who has left."""
    only = view.only.get(NAME, "")
    return only if only in _about(view.facts) else ""


def _shown(view: View) -> list[MessageFact]:
    only, every = _only(view), view.facts.messages
    return [one for one in every if not only or only in (one.sender, one.recipient)]


def _entries(view: View) -> list[Entry]:
    ordered = sorted(_shown(view), key=lambda message: _style(message) != ATTENTION)
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
    answers: dict[str, Message] = {key: RowAsked(KIND, message.id, key) for key in "rRd"}
    if message.pane >= 0:
        answers["p"] = PaneOpened(message.pane)
    return Entry(str(message.id), tuple(rows), RowAsked(KIND, message.id, "Enter"), answers)


def _style(message: MessageFact) -> str:
    """Colour for what was lost, and for what a person has not read."""
    if message.recipient == ME and message.state in ("queued", "delivered"):
        return ATTENTION
    if message.priority in _URGENT and message.state == "queued":
        return ATTENTION
    return _STYLES.get(message.state, "")


def _moments(facts: Facts) -> Iterable[float]:
    return (message.since for message in facts.messages)


KEYS = (("r", "answer"), ("R", "resend"), ("d", "drop"), (FILTER, "filter"))
PANEL = Panel(
    NAME,
    "TRAFFIC",
    "messages between agents",
    _note,
    _entries,
    _moments,
    keys=KEYS,
    about=_about,
)
