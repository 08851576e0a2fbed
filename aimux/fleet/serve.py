"""`aimux fleet serve`: a bus on this machine, by the NATS server that comes with the extra `fleet`.

This process becomes that server: it says itself what it does, and ends by the signals that end it.
Whoever may write to a bus can speak to agents, other users of the machine too: there is a token on
the loopback as well.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import sys
import sysconfig
from collections.abc import Callable, Mapping, Sequence
from getopt import GetoptError, gnu_getopt
from ipaddress import ip_address
from pathlib import Path
from socket import gethostname

from msgspec import Struct

from aimux.errors import FleetError
from aimux.paths import make_state_directory

PROGRAM = "nats-server"
PORT = 4222
LOOPBACK = "127.0.0.1"
USAGE = "usage: aimux fleet serve [--address address] [--port port] [--dir directory]"
MISSING = f"{PROGRAM} is not installed (pip install 'aimux-terminal[fleet]')"
LIMITS = {"max_memory_store": 64 << 20, "max_file_store": 4 << 30}
"""Bytes; what is more is refused, and waits with whoever has it."""
_LONG = ["address=", "port=", "dir="]


class Wish(Struct, frozen=True):
    """What is to be served where.

    Attributes:
        address: The IP address to listen on.
        directory: Where streams, token and configuration are kept.
    """

    address: str
    port: int
    directory: Path


def serve(
    words: Sequence[str],
    environment: Mapping[str, str],
    *,
    say: Callable[[str], object],
) -> None:
    """Be a NATS server with JetStream; returns by an error alone.

    Args:
        words: Those after `fleet serve`.
        environment: Says where the state is, and where programs are.
        say: Told, as a line, what others are to set.

    Raises:
        FleetError: Wrong words, no NATS server, a directory that cannot be used or is in use.
    """
    wish = _wish(words, environment)
    program = _program(environment)
    try:
        _take(wish.directory)
        token = _token(wish.directory / "token")
        configuration = wish.directory / "nats.conf"
        _write(configuration, configured(wish, token))
    except OSError as error:
        raise FleetError(f"{wish.directory}: {error.strerror}") from error
    say(f"set -s bus-url {bus_url(wish, token)}\n")
    try:
        os.execv(program, (PROGRAM, "-c", str(configuration)))  # noqa: S606  # no shell is wanted
    except OSError as error:
        raise FleetError(f"{program}: {error.strerror}") from error


def configured(wish: Wish, token: str) -> str:
    """The configuration of the NATS server: in a file, as every user can read a command line."""
    lines = {
        "host": wish.address,
        "port": wish.port,
        "jetstream": {"store_dir": str(wish.directory), **LIMITS},
        "authorization": {"token": token},
    }
    return json.dumps(lines, indent=1) + "\n"  # NATS's own form contains JSON


def bus_url(wish: Wish, token: str) -> str:
    """What hosts reach it by: one that listens everywhere by the machine's name."""
    address = ip_address(wish.address)
    host = gethostname() if address.is_unspecified else str(address)
    return f"nats://{token}@{f'[{host}]' if ':' in host else host}:{wish.port}"


def _wish(words: Sequence[str], environment: Mapping[str, str]) -> Wish:
    try:
        options, rest = gnu_getopt(list(words), "", _LONG)
    except GetoptError as error:
        raise FleetError(f"{error}\n{USAGE}") from error
    if rest:
        raise FleetError(USAGE)
    given = dict(options)
    directory = given.get("--dir") or f"{make_state_directory(environment)}/fleet"
    return Wish(_address(given), _port(given), Path(directory).absolute())


def _address(given: Mapping[str, str]) -> str:
    text = given.get("--address", LOOPBACK)
    try:
        return str(ip_address(text))
    except ValueError as error:
        raise FleetError(f"no IP address: {text}") from error


def _port(given: Mapping[str, str]) -> int:
    text = given.get("--port", str(PORT))
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1 << 16):
        raise FleetError(f"no port: {text}")
    return int(text)


def _program(environment: Mapping[str, str]) -> str:
    """The NATS server that was installed with this Python, or else the one on the path."""
    beside = (sysconfig.get_path("scripts"), str(Path(sys.executable).parent))
    places = os.pathsep.join((*beside, environment.get("PATH", os.defpath)))
    found = shutil.which(PROGRAM, path=places)
    if found is None:
        raise FleetError(MISSING)
    return found


def _take(directory: Path) -> None:
    """Make the directory, and keep others out of it for as long as this process lives."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(directory / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise FleetError(f"{directory}: a bus runs there") from error
    os.set_inheritable(lock, True)  # the NATS server has it, then


def _token(path: Path) -> str:
    """The one that hosts know already, or a new one."""
    if path.exists():
        token = path.read_text(encoding="ascii", errors="replace").strip()
        if token.isalnum():
            return token
    token = secrets.token_hex(24)
    _write(path, f"{token}\n")
    return token


def _write(path: Path, text: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:  # noqa: PTH123  # its mode counts from the first byte on
        file.write(text)
    fresh.replace(path)
