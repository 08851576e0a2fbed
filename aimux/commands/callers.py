"""Who asks for a command that agents use among themselves, and what that means for its words."""

from __future__ import annotations

from aimux.agents.addresses import Caller
from aimux.commands.command import Call
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.security.clean import clean


def caller_of(call: Call) -> Caller:
    """Who asks for a command."""
    return call.effects.exchange.caller(call.source.client)


def person_at(call: Call) -> Client | None:
    """The client of the person who asks, where questions and pages can be shown; else None."""
    client = call.source.client
    return client if client is not None and client.session is not None else None


def is_gone(call: Call) -> bool:
    """Whether whoever asked has left."""
    client = call.source.client
    return client is not None and client.id not in call.state.clients


def namespace_of(call: Call, word: str | None) -> str:
    """What `--namespace` means for the caller. Raises CommandError."""
    caller = caller_of(call)
    if word in (None, "global"):
        return "global"
    if word == "session":
        if not caller.session:
            raise CommandError("no session")
        return f"session:{caller.session}"
    if word == "repository":
        place = call.effects.exchange.repository(caller.path)
        if not place:
            raise CommandError(f"not in a repository: {clean(caller.path)}")
        return f"repository:{place}"
    raise CommandError(f"unknown namespace: {word} (one of global, session, repository)")
