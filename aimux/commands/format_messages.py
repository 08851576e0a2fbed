"""The format variables of messages: how many wait. aimux's own."""

from __future__ import annotations

from aimux.agents.addresses import ME
from aimux.commands.format_scope import Reader, Scope, of_pane
from aimux.model.pane import Pane


def _of_people(scope: Scope) -> str:
    return str(scope.effects.exchange.unread(ME))


def _of_pane(pane: Pane, scope: Scope) -> int:
    """By its number, and by its name."""
    unread, name = scope.effects.exchange.unread, pane.options.text("agent-name")
    return unread(f"%{pane.id}") + (unread(name) if name else 0)


MESSAGE_VARIABLES: dict[str, Reader] = {
    "messages_unread": _of_people,
    "pane_messages_unread": of_pane(_of_pane),
}
