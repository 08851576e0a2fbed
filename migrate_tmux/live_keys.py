"""The key bindings of a running tmux: those that are not the defaults of that very tmux."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from migrate_tmux.tmux_server import TmuxServer
from migrate_tmux.written import quoted

Place = tuple[str, str]  # a key table and a key, both as list-keys writes them

_LISTED = re.compile(r"bind-key\s+(-r\s+)?-T\s+(\S+)\s+(\S+)\s+(.*)")
_NOTED = re.compile(r"(\S+)\s+(.*)")
_ESCAPED_LENGTH = 2  # of `\;`


@dataclass(frozen=True, slots=True)
class Binding:
    """What a key does.

    Attributes:
        command: Its commands, as list-keys writes them.
        repeats: Whether it may be pressed again without the prefix (`-r`).
        note: What `list-keys -N` says of it; may be empty.
    """

    command: str
    repeats: bool
    note: str = ""


def changed_keys(running: TmuxServer) -> list[str]:
    """The commands that make a server's keys of the defaults of its program.

    Raises:
        LinkError: tmux does not say what it has bound.
    """
    with running.untouched() as untouched:
        defaults = bindings(untouched)
    theirs = bindings(running)
    gone = [place for place in defaults if place not in theirs]
    return [
        *(f"unbind-key -T {quoted(table)} {key}" for table, key in gone),
        *(_bind(place, one) for place, one in theirs.items() if defaults.get(place) != one),
    ]


def bindings(tmux: TmuxServer) -> Mapping[Place, Binding]:
    """All that a tmux has bound, by table and key.

    Raises:
        LinkError: It does not answer.
    """
    matches = (_LISTED.fullmatch(line) for line in tmux.ask("list-keys").splitlines())
    found = {
        (listed[2], listed[3]): Binding(listed[4], repeats=listed[1] is not None)
        for listed in matches
        if listed is not None
    }
    notes = {table: _notes(tmux, table) for table in dict.fromkeys(table for table, _ in found)}
    return {
        (table, key): replace(one, note=notes[table].get(_unescaped(key), ""))
        for (table, key), one in found.items()
    }


def _notes(tmux: TmuxServer, table: str) -> dict[str, str]:
    """The notes of a table's keys; a key is written without escapes here."""
    listed = tmux.ask("list-keys", "-N", "-P", "", "-T", table).splitlines()
    matches = (_NOTED.fullmatch(line) for line in listed)
    return {noted[1]: noted[2] for noted in matches if noted is not None}


def _unescaped(key: str) -> str:
    return key[1:] if len(key) == _ESCAPED_LENGTH and key[0] == "\\" else key


def _bind(place: Place, binding: Binding) -> str:
    table, key = place
    repeat = "-r " if binding.repeats else ""
    note = f"-N {quoted(binding.note)} " if binding.note else ""
    return f"bind-key {repeat}{note}-T {quoted(table)} {key} {binding.command}"
