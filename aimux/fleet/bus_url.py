"""The option `bus-url`: where the bus is, and which of its fleets is meant. Pure.

    nats://user:password@host:4222,other:4222/team
    tls://host/team

Several servers of one cluster stand with commas between; the path names the fleet, so that several
can share a bus.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from msgspec import Struct

from aimux.errors import CommandError

SCHEMES = ("nats", "tls")
DEFAULT_FLEET = "aimux"
MAX_NAME = 64
_NAME = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_NAME}}}")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")


class BusUrl(Struct, frozen=True):
    """Where a bus is.

    Attributes:
        servers: The URLs of its servers, with what they are to be shown: they may hold a password.
        fleet: The fleet's name, which begins the names of its streams and subjects.
    """

    servers: tuple[str, ...]
    fleet: str = DEFAULT_FLEET

    @property
    def shown(self) -> str:
        """The same for people: without names and passwords."""
        hosts = ",".join(urlsplit(one).netloc.rpartition("@")[2] for one in self.servers)
        return f"{urlsplit(self.servers[0]).scheme}://{hosts}/{self.fleet}"


def read_bus_url(text: str) -> BusUrl | None:
    """What the option says; None where it is empty. Raises CommandError."""
    if not text:
        return None
    scheme, separator, rest = text.partition("://")
    if not separator or scheme not in SCHEMES:
        raise CommandError(f"bus-url: one of {', '.join(f'{one}://' for one in SCHEMES)} expected")
    places, _, fleet = rest.partition("/")
    servers = tuple(f"{scheme}://{place}" for place in places.split(",") if place)
    if not servers or not all(map(_is_place, servers)):
        raise CommandError("bus-url: no host, or a bad port")
    if fleet and not _NAME.fullmatch(fleet):
        raise CommandError("bus-url: a fleet's name has letters, digits, - and _ alone")
    return BusUrl(servers, fleet or DEFAULT_FLEET)


def _is_place(server: str) -> bool:
    try:
        parts = urlsplit(server)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def is_host(name: str) -> bool:
    """Whether a host can be called so."""
    return _NAME.fullmatch(name) is not None


def host_name_of(given: str, machine: str, label: str) -> str:
    """This server's name in the fleet, which is one token of a subject.

    Args:
        given: The option `fleet-name`; "" means the machine's name, and the socket's with it where
            that is not the default one: each server is a host of its own.
        machine: The machine's name.
        label: The socket's name.
    """
    name = given or (machine if label == "default" else f"{machine}-{label}")
    return _NOT_IN_NAMES.sub("-", name).strip("-")[:MAX_NAME] or "host"
