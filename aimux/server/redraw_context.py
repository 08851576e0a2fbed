"""What everything that is drawn for one client is drawn with (tmux: screen_redraw_ctx)."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.commands.targets import Target
from aimux.errors import OptionError
from aimux.model.client import Client
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.session import Session
from aimux.model.state import State
from aimux.styles.style import Style, parse_style


class RedrawContext:
    """The client, what it shows, and what options and formats mean there.

    Args:
        client: An attached client.
    """

    __slots__ = ("client", "effects", "state")

    def __init__(self, state: State, effects: Effects, client: Client) -> None:
        self.state = state
        self.effects = effects
        self.client = client

    @property
    def session(self) -> Session:
        """The session that the client shows."""
        session = self.client.session
        if session is None:
            raise AssertionError(f"client {self.client.name} shows no session")
        return session

    @property
    def active(self) -> Pane:
        """The pane that the client's keys go to."""
        return self.client.pane or self.session.window.active

    def format_context(self, pane: Pane | None = None) -> StateContext:
        """What format variables mean on this client, for a pane or the active one."""
        link = self.session.current_link
        target = Target(self.session, link, link.window, pane or self.active)
        return StateContext(self.state, self.effects, target, client=self.client, drawn=True)

    @property
    def depth(self) -> int:
        """Colours of what is drawn here; panes' rows are not."""
        return self.client.drawn_depth

    def style(self, options: Options, name: str, base: Style, pane: Pane | None = None) -> Style:
        """A style option's value on top of `base`; what cannot be read changes nothing."""
        text = options.text(name)
        if "#{" in text:
            text = expand(text, self.format_context(pane))
        try:
            return parse_style(text, base, base)
        except OptionError:
            return base
