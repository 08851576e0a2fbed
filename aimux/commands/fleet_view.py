"""What commands ask of the fleet that their server is in. The server does it; see `exchange`."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from aimux.agents.addresses import Others


class FleetStatus(Struct, frozen=True):
    """How it stands with the fleet.

    Attributes:
        bus: Where the bus is, without passwords; "" for no fleet.
        name: What other hosts call this one.
        is_connected: What has to leave does so at once.
        why: Why it is not connected; without a fleet, what is wrong with `bus-url`.
        hosts: The other hosts that are there.
    """

    bus: str = ""
    name: str = ""
    is_connected: bool = False
    why: str = ""
    hosts: tuple[str, ...] = ()


class FleetView(Protocol):
    """The fleet, as commands see it."""

    def status(self) -> FleetStatus:
        """How it stands."""
        ...

    def others(self) -> Others:
        """The other hosts, and who is there."""
        ...
