"""Who can be sent something: panes with agents, by name, number, role or session, and people.

Pure: the roster comes in, addresses go out. An address names one mailbox: `me` for people, an
agent's own name, or its pane's number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.errors import CommandError

ME = "me"
"""The people at this server; whoever asks from outside of every pane is one of them."""
EVERYBODY = "*"
MAX_NAME = 64


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


def recipients(to: str, roster: Sequence[Member], sender: Caller) -> tuple[str, ...]:
    """The addresses that `to` means now, each once, the sender's own left out of broadcasts.

    Args:
        to: `me`, `%3`, `@role`, `*`, an agent's name or kind, or a session's name; the first of
            these that fits.
        roster: Every pane of the server.
        sender: Who asks.

    Raises:
        CommandError: There is nobody of that kind, or a kind of agent that runs more than once.
    """
    if to == ME:
        return (ME,)
    if to.startswith("%"):
        return (_of_pane(to, roster),)
    others = [one for one in roster if one.takes_part and one.pane != sender.pane]
    if to == EVERYBODY:
        found = others
    elif to.startswith("@"):
        found = [one for one in others if one.role == to[1:]]
    else:
        found = _by_name(to, roster) or [one for one in others if one.session == to]
    if not found:
        raise CommandError(f"nobody there: {to}")
    return tuple(dict.fromkeys(address_of(one, roster) for one in found))


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
