"""The parts of the server that commands reach."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from aimux.events import Event
from aimux.model.state import State
from aimux.server.bindings import Bindings
from aimux.server.clients import Clients
from aimux.server.control_clients import ControlClients
from aimux.server.facts import FactBook
from aimux.server.one_shots import OneShots
from aimux.server.pane_programs import PanePrograms
from aimux.server.requesters import ConfigRequester
from aimux.server.supervision import guarded


class Host(Protocol):
    """The server as its effects see it.

    Its parts are made with the effects in hand; no command runs before all of them are there.
    """

    @property
    def programs(self) -> PanePrograms:
        """The programs of panes and popups."""
        ...

    @property
    def clients(self) -> Clients:
        """The clients that show a session."""
        ...

    @property
    def controls(self) -> ControlClients:
        """The clients in control mode."""
        ...

    @property
    def one_shots(self) -> OneShots:
        """The requests that run, and the guards of attached clients."""
        ...

    @property
    def facts(self) -> FactBook:
        """What is known of panes and their agents."""
        ...

    @property
    def bindings(self) -> Bindings:
        """What runs commands for a person."""
        ...

    @property
    def config(self) -> ConfigRequester:
        """What the configuration had to say, kept for the first person who comes."""
        ...

    def published(self, event: Event) -> None:
        """Something happened."""
        ...

    def look(self) -> None:
        """The state may have changed."""
        ...

    def settle_soon(self) -> None:
        """Something that is drawn may have changed."""
        ...

    def stop(self) -> None:
        """The server is to end."""
        ...


class HostEffects:
    """Effects that are had by way of the server's parts."""

    def __init__(self, host: Host, state: State) -> None:
        self._host = host
        self._state = state

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Call an action later and look at what it changed."""

        def late() -> None:
            action()
            self._host.settle_soon()

        asyncio.get_running_loop().call_later(seconds, guarded("timer", late))
