"""The marked pane: one of a server, in one place, as `select-pane -m` put it there."""

from __future__ import annotations

from msgspec import Struct

from aimux.model.pane import Pane
from aimux.model.session import Link, Session


class Mark(Struct, frozen=True):
    """A mark, which is gone as soon as the pane is no longer in that place.

    Attributes:
        session: The session that it was put in; of a group, none but this.
        link: The window's place in it.
        pane: The pane.
    """

    session: Session
    link: Link
    pane: Pane

    @property
    def holds(self) -> bool:
        """Whether the window is still at that place of the session, and the pane in it."""
        stands = self.session.links.get(self.link.index) is self.link
        return stands and self.pane in self.link.window.panes
