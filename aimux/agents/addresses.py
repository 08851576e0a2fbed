"""Who can be sent something: panes with agents, by name, number, role or session, and people.

Pure: the roster comes in, addresses go out. An address names one mailbox: `me` for people, an
agent's own name, or its pane's number; behind an `@` stands the host, where that is another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.errors import CommandError

ME = "me"
"""The people at this server; whoever asks from outside of every pane is one of them."""
EVERYBODY = "*"
MAX_NAME = 64
AT = "@"
"""Stands before a role, and between an address and its host; never in a name."""


@dataclass(frozen=True, slots=True)
class Member:
    """A pane that takes part.

    Attributes:
        pane: Its number.
        session: The name of the first session that it is in.
        name: What a person calls it (`agent-name`); "" if nothing.
        agent: The kind of agent in it, such as `claude`; "" if none.
        role: What it is there for (`agent-role`); "" if nothing.
        capabilities: What it can do (`agent-capabilities`).
        state: Its agent's state; "" without one.
        is_fact: The agent itself has said so.
    """

    pane: int
    session: str = ""
    name: str = ""
    agent: str = ""
    role: str = ""
    capabilities: frozenset[str] = frozenset()
    state: str = ""
    is_fact: bool = False

    @property
    def takes_part(self) -> bool:
        """Whether it is meant where several are: it has an agent, a name or a role."""
        return bool(self.agent or self.name or self.role)

    @property
    def is_free(self) -> bool:
        """Whether its agent has said that it waits for work."""
        return self.is_fact and self.state in ("idle", "done")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somebody who takes part on another host, as that host says.

    Attributes:
        host: The other host.
        address: Its address there.
        busy: Work waits for it that it has not begun.
    """

    host: str
    address: str
    session: str = ""
    name: str = ""
    agent: str = ""
    role: str = ""
    capabilities: frozenset[str] = frozenset()
    state: str = ""
    is_fact: bool = False
    busy: bool = False

    @property
    def full(self) -> str:
        """Its address here."""
        return f"{self.address}{AT}{self.host}"

    @property
    def is_free(self) -> bool:
        """Whether its agent has said that it waits for work."""
        return self.is_fact and self.state in ("idle", "done") and not self.busy


@dataclass(frozen=True, slots=True)
class Others:
    """The other hosts of a fleet.

    Attributes:
        host: What they call this one; "" without a fleet.
        hosts: Those that were ever heard of.
        present: Those that have been heard of just now.
        members: Who is there now, as far as is known.
    """

    host: str = ""
    hosts: frozenset[str] = frozenset()
    present: frozenset[str] = frozenset()
    members: tuple[Elsewhere, ...] = ()


ALONE = Others()
"""No fleet."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as the kernel's process tree says; never as it says itself.

    Attributes:
        address: Where answers go: `me`, a name, or `%3`.
        mailboxes: Those that are its own.
        pane: The pane's number; -1 outside of every pane.
        agent: The agent there; "" if none.
        is_person: It may do for others what each may do for itself: it asks from outside of every
            pane, or from one with no agent, no name and no role.
        session: The name of its session; "" if none.
        path: The directory it asked from.
    """

    address: str
    mailboxes: tuple[str, ...]
    pane: int = -1
    agent: str = ""
    session: str = ""
    path: str = ""
    is_person: bool = False

    def owns(self, mailbox: str) -> bool:
        """Whether a mailbox is its own, or it may act for whoever has it."""
        return self.is_person or mailbox in self.mailboxes


def address_of(member: Member, roster: Sequence[Member]) -> str:
    """Its name if nobody else has that, or its pane's number."""
    named = [one for one in roster if member.name and one.name == member.name]
    return member.name if len(named) == 1 else f"%{member.pane}"


def caller_of(
    pane: int | None, roster: Sequence[Member], *, session: str = "", path: str = ""
) -> Caller:
    """Who asks, from the pane that the kernel says that the asking process is in.

    Args:
        pane: Its number; None outside of every pane.
        roster: Every pane of the server.
        session: The session that a person looks at.
        path: The directory that was asked from.
    """
    member = next((one for one in roster if one.pane == pane), None)
    if member is None:
        return Caller(ME, (ME,), session=session, path=path, is_person=True)
    address, number = address_of(member, roster), f"%{member.pane}"
    own = (ME,) if not member.takes_part else ()
    return Caller(
        address,
        tuple(dict.fromkeys((address, number, *own))),
        pane=member.pane,
        agent=member.agent,
        session=member.session,
        path=path,
        is_person=not member.takes_part,
    )


def host_of(address: str) -> str:
    """The other host that an address leads to; "" for this one."""
    return address.rpartition(AT)[2] if AT in address[1:] else ""


def is_agent_elsewhere(address: str) -> bool:
    """Whether an address leads to another host, and not to its people."""
    return bool(host_of(address)) and not address.startswith(ME + AT)


def recipients(
    to: str, roster: Sequence[Member], sender: Caller, fleet: Others = ALONE
) -> tuple[str, ...]:
    """The addresses that `to` means now, each once, the sender's own left out of broadcasts.

    Args:
        to: `me`, `%3`, `@role`, `*`, an agent's name or kind, or a session's name; the first of
            these that fits. A name that nobody here has means somebody on another host; `@host`
            behind any of them means that host.
        roster: Every pane of the server.
        sender: Who asks.
        fleet: The other hosts.

    Raises:
        CommandError: There is nobody of that kind, or a kind of agent that runs more than once.
    """
    host = host_of(to)
    if host and host != fleet.host:
        return _on_host(to.removesuffix(AT + host), host, fleet)
    to = to.removesuffix(AT + host) if host else to
    if to == ME:
        return (ME,)
    if to.startswith("%"):
        return (_of_pane(to, roster),)
    members = () if host else fleet.members
    found = _here(to, roster, sender)
    if not found or to == EVERYBODY or to.startswith(AT):
        found += _elsewhere(to, members)
    if not found:
        raise CommandError(f"nobody there: {to}")
    return tuple(dict.fromkeys(found))


def _here(to: str, roster: Sequence[Member], sender: Caller) -> list[str]:
    others = [one for one in roster if one.takes_part and one.pane != sender.pane]
    if to == EVERYBODY:
        found = others
    elif to.startswith(AT):
        found = [one for one in others if one.role == to[1:]]
    else:
        found = _by_name(to, roster) or [one for one in others if one.session == to]
    return [address_of(one, roster) for one in found]


def _elsewhere(to: str, members: Sequence[Elsewhere]) -> list[str]:
    """The same on other hosts; there a session's name means nothing."""
    if to == EVERYBODY:
        found = list(members)
    elif to.startswith(AT):
        found = [one for one in members if one.role == to[1:]]
    else:
        found = [one for one in members if one.name == to]
        found = found or [one for one in members if one.agent == to]
        if len(found) > 1:
            raise CommandError(f"which {to}? {', '.join(one.full for one in found)}")
    return [one.full for one in found]


def _on_host(to: str, host: str, fleet: Others) -> tuple[str, ...]:
    """On one other host. Who somebody is there, that host says when it gets it."""
    if host not in fleet.hosts:
        raise CommandError(f"no host {host}")
    if to != EVERYBODY and not to.startswith(AT):
        return (f"{to}{AT}{host}",)
    found = _elsewhere(to, [one for one in fleet.members if one.host == host])
    if not found:
        raise CommandError(f"nobody there: {to}{AT}{host}")
    return tuple(dict.fromkeys(found))


def _of_pane(to: str, roster: Sequence[Member]) -> str:
    for member in roster:
        if to == f"%{member.pane}":
            return address_of(member, roster)
    raise CommandError(f"can't find pane: {to}")


def _by_name(to: str, roster: Sequence[Member]) -> list[Member]:
    """Those with that name, or else the one agent of that kind."""
    named = [one for one in roster if one.name == to]
    if named:
        return named
    of_kind = [one for one in roster if one.agent == to]
    if len(of_kind) > 1:
        panes = ", ".join(f"%{one.pane}" for one in of_kind)
        raise CommandError(f"which {to}? {panes}")
    return of_kind
