"""Tells the people at the attached clients what is sent to `me`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence

from aimux.agents.addresses import ME
from aimux.model.client import Client
from aimux.protocol.facts import MessageFact
from aimux.protocol.server_messages import Notice, Toast
from aimux.security.clean import clean
from aimux.server.clock import Clock
from aimux.server.notices import is_within
from aimux.server.toasts import Watcher

MAX_TOASTS = 3
"""Of more than so many messages their number alone is said."""
MAX_TEXT = 120
AGAIN_SECONDS = 2.0
"""A client that has just been attached draws its first picture before it shows anything else."""


class Mail:
    """Says once of each message that somebody has sent it, as soon as anybody is there.

    Args:
        watchers: The attached clients.
        clock: For `quiet-hours`.
        pane_of: The pane of an address, to go there; -1 without one.
        told: Called with the messages that were shown, which counts as delivered.
        again: Called if every client was behind, as one that is being attached: look later.
    """

    def __init__(
        self,
        watchers: Iterable[Watcher],
        clock: Clock,
        *,
        pane_of: Callable[[str], int],
        told: Callable[[Sequence[int]], None],
        again: Callable[[], None],
    ) -> None:
        self._watchers = watchers
        self._clock = clock
        self._pane_of = pane_of
        self._told = told
        self._again = again
        self._last = 0

    def look(self, newest: Sequence[MessageFact]) -> None:
        """Tell of what is new among the newest messages.

        Args:
            newest: The newest first.
        """
        found = [one for one in newest if self._is_news(one)][::-1]
        clients = [one for one in self._watchers if self._wants(one.client)]
        if not found or not clients:
            return
        toasts = self._toasts(found)
        told = [one for one in clients if _shows(one, toasts)]
        if not told:
            self._again()
            return
        self._last = max(one.id for one in found)
        for attached in told:
            self._notice(attached, found)
        self._told([one.id for one in found])

    def _is_news(self, one: MessageFact) -> bool:
        return one.recipient == ME and one.state == "queued" and one.id > self._last

    def _wants(self, client: Client) -> bool:
        session = client.session
        if session is None or client.as_tmux or not session.options.flag("toasts"):
            return False
        local = time.localtime(self._clock.wall())
        now = f"{local.tm_hour:02}:{local.tm_min:02}"
        return not is_within(session.options.text("quiet-hours"), now)

    def _toasts(self, found: Sequence[MessageFact]) -> list[Toast]:
        if len(found) > MAX_TOASTS:
            return [Toast("message", f"{len(found)} messages for you: aimux inbox", -1)]
        return [Toast("message", _said(one), self._pane_of(one.sender)) for one in found]

    def _notice(self, attached: Watcher, found: Sequence[MessageFact]) -> None:
        session = attached.client.session
        form = session.options.text("agent-notify-terminal") if session is not None else "off"
        if form != "off":
            text = _said(found[-1]) if len(found) == 1 else f"{len(found)} messages for you"
            attached.attachment.notice(Notice(form, text))


def _shows(attached: Watcher, toasts: Sequence[Toast]) -> bool:
    """Show a client all of them; whether it is told, as it is of all or of none."""
    return all(attached.attachment.toast(toast) for toast in toasts)


def _said(one: MessageFact) -> str:
    urgency = f" ({one.priority})" if one.priority in ("high", "urgent") else ""
    return clean(f"{one.sender}{urgency}: {one.text}", limit=MAX_TEXT)
