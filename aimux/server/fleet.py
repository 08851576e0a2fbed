"""The server's part in a fleet of hosts (`aimux.fleet`): begins and ends it as the options say."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import PurePath

from aimux.commands.fleet_view import FleetStatus
from aimux.commands.host import host_name
from aimux.errors import CommandError
from aimux.fleet.bus_url import host_name_of, read_bus_url
from aimux.fleet.fleet import Fleet, FleetSettings
from aimux.model.state import State
from aimux.server.supervision import supervised

OPTIONS = ("bus-url", "bus-credentials", "fleet-name")

log = logging.getLogger(__name__)


class ServerFleet:
    """The fleet that this server is in, if it is in one.

    Args:
        tasks: The group that everything runs in.
        shown: Called when sidebars and status lines may show something else.
    """

    def __init__(
        self, state: State, tasks: asyncio.TaskGroup, *, shown: Callable[[], None]
    ) -> None:
        self._state = state
        self._tasks = tasks
        self._shown = shown
        self._options: tuple[str, ...] = ("", "", "")
        self._wrong = ""
        self._fleet: Fleet | None = None
        self._running: asyncio.Task[None] | None = None

    def settle(self) -> None:
        """Follow the options, once the configuration has run."""
        if not self._state.is_configured:
            return
        options = tuple(map(self._state.server_options.text, OPTIONS))
        if options != self._options:
            self._options = options
            self.stop()
            self._begin(*options)

    def _begin(self, url: str, credentials: str, given: str) -> None:
        self._wrong = ""
        try:
            place = read_bus_url(url)
        except CommandError as error:
            self._wrong = str(error)
            return
        if place is None:
            return
        name = host_name_of(given, host_name(), PurePath(self._state.socket_path).name)
        self._fleet = Fleet(FleetSettings(place, name, credentials), changed=self._shown)
        self._running = self._tasks.create_task(supervised("fleet", self._fleet.run()))

    def stop(self) -> None:
        """Leave the fleet."""
        if self._running is not None:
            self._running.cancel()
        self._running = self._fleet = None

    def status(self) -> FleetStatus:
        """How it stands with the fleet."""
        if self._fleet is None:
            return FleetStatus(why=self._wrong)
        settings, state = self._fleet.settings, self._fleet.state
        return FleetStatus(settings.place.shown, settings.name, state.is_connected, state.why)
