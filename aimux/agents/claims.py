"""Who works on which files: advisory locks on paths, each with an owner and an end.

Functions of a transaction. A directory's claim covers what is below it. Nothing stops a program
that does not ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from aimux.agents.addresses import Caller
from aimux.agents.messages import storable
from aimux.errors import CommandError
from aimux.persist.store import Store

MAX_CLAIMS = 2000
MAX_PATH = 4096
_COLUMNS = "path, owner, pane, agent, since, expires"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed path; the pane is the owner's, -1 for people."""

    path: str
    owner: str
    pane: int
    agent: str
    since: float
    expires: float


@dataclass(frozen=True, slots=True)
class Ended:
    """Claims whose time is over, and when that of the next one ends; None for never."""

    claims: tuple[Claim, ...]
    next: float | None


def claim(
    store: Store,
    server: str,
    caller: Caller,
    paths: Sequence[str],
    *,
    now: float,
    ttl: float,
) -> list[Claim]:
    """Claim all of the paths, or none; the claims of others that are in the way.

    Raises:
        CommandError: There are too many claims, or a path is too long.
    """
    standing = list_claims(store, server, now=now)
    in_the_way = [
        one
        for one in standing
        if one.owner != caller.address and any(overlap(one.path, path) for path in paths)
    ]
    if in_the_way:
        return in_the_way
    if len(standing) + len(paths) > MAX_CLAIMS or any(len(path) > MAX_PATH for path in paths):
        raise CommandError("too many claims, or a path too long")
    for path in paths:
        store.execute(
            f"INSERT OR REPLACE INTO claim (server, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  # names of ours
            (
                *(server, storable(path), caller.address, caller.pane, caller.agent),
                *(now, now + ttl),
            ),
        )
    return []


def overlap(one: str, other: str) -> bool:
    """Whether two absolute paths are the same, or one is above the other."""
    first, second = PurePosixPath(one), PurePosixPath(other)
    return first.is_relative_to(second) or second.is_relative_to(first)


def release(
    store: Store, server: str, caller: Caller, paths: Sequence[str], *, now: float
) -> list[str]:
    """Give claims back, all of one's own without paths; the paths that are free now.

    Raises:
        CommandError: One is somebody else's.
    """
    standing = list_claims(store, server, now=now)
    meant = [one for one in standing if _is_meant(one, caller, paths)]
    for one in meant:
        if one.owner != caller.address and not caller.is_person:
            raise CommandError(f"{one.path} is claimed by {one.owner}")
        store.execute("DELETE FROM claim WHERE server = ? AND path = ?", (server, one.path))
    return [one.path for one in meant]


def _is_meant(one: Claim, caller: Caller, paths: Sequence[str]) -> bool:
    return one.path in paths if paths else one.owner == caller.address


def list_claims(store: Store, server: str, *, now: float) -> list[Claim]:
    """What is claimed, by path."""
    rows = store.execute(
        f"SELECT {_COLUMNS} FROM claim WHERE server = ? AND expires > ? ORDER BY path",  # noqa: S608
        (server, now),
    )
    return [Claim(*row) for row in rows]  # type: ignore[arg-type]  # the schema's types


def ended(store: Store, server: str, *, since: float, now: float) -> Ended:
    """The claims whose time has ended since then, and when the next one's does."""
    rows = store.execute(
        f"SELECT {_COLUMNS} FROM claim WHERE server = ? AND expires > ? AND expires <= ?",  # noqa: S608
        (server, since, now),
    )
    over = tuple(Claim(*row) for row in rows)  # type: ignore[arg-type]  # the schema's types
    left = list_claims(store, server, now=now)
    return Ended(over, min((one.expires for one in left), default=None))


def forget_expired(store: Store, server: str, *, now: float) -> None:
    """Let go of claims whose time is over."""
    store.execute("DELETE FROM claim WHERE server = ? AND expires <= ?", (server, now))


def pane_gone(store: Store, server: str, pane: int) -> None:
    """A pane's claims end with it."""
    store.execute("DELETE FROM claim WHERE server = ? AND pane = ?", (server, pane))


def server_began(store: Store, server: str) -> None:
    """No pane of the server before this one is left."""
    store.execute("DELETE FROM claim WHERE server = ? AND pane >= 0", (server,))
