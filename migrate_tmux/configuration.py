"""The aimux configuration that an import makes: plain settings in tables, the rest in order.

aimux loads the options and variables first, then the keymap, then the ordered commands as one text
of the command language. A setting is plain, and may come first, if nothing ordered before it
touches the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from aimux.model.option_row import Scope

EVERYTHING = "*"
"""What a command touches of which one cannot tell: a script, a file that is read later."""
NOTHING: frozenset[str] = frozenset()
TomlValue = str | int | bool
SCOPES = {
    Scope.SERVER: "server",
    Scope.SESSION: "session",
    Scope.WINDOW: "window",
    Scope.PANE: "pane",
}


@dataclass(frozen=True, slots=True)
class PlainOption:
    """A global option with a value that is the same everywhere."""

    scope: Scope
    name: str
    value: TomlValue


@dataclass(frozen=True, slots=True)
class PlainVariable:
    """A variable of the global environment with a value that is the same everywhere."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PlainKey:
    """A key and the commands that it runs."""

    table: str
    key: str
    command: str
    note: str = ""
    repeat: bool = False


Plain = PlainOption | PlainVariable | PlainKey


@dataclass(frozen=True, slots=True)
class Ordered:
    """Lines of the command language that have to run in their order.

    Attributes:
        text: The lines.
        touches: What they may change, as `option NAME`, `key TABLE KEY`, `variable NAME`.
        unbinds: The line does nothing but unbind: binding what it touches makes it superfluous.
    """

    text: str
    touches: frozenset[str]
    unbinds: bool = False


@dataclass(slots=True)
class Configuration:
    """What the two files hold."""

    options: dict[Scope, dict[str, TomlValue]] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    keys: dict[tuple[str, str], PlainKey] = field(default_factory=dict)
    ordered: list[Ordered] = field(default_factory=list)

    def touched(self, things: Iterable[str]) -> bool:
        """Whether something ordered may change one of these; mere unbinding does not count."""
        wanted = frozenset(things)
        return any(
            EVERYTHING in line.touches or (not line.unbinds and wanted & line.touches)
            for line in self.ordered
        )

    def add(self, plain: Plain) -> str:
        """Keep a plain setting; returns where it stands, for the report."""
        if isinstance(plain, PlainOption):
            self.options.setdefault(plain.scope, {})[plain.name] = plain.value
            return f"config.toml [options.{SCOPES[plain.scope]}]"
        if isinstance(plain, PlainVariable):
            self.environment[plain.name] = plain.value
            return "config.toml [environment]"
        thing = key_thing(plain.table, plain.key)
        self.ordered = [
            line for line in self.ordered if not (line.unbinds and line.touches == {thing})
        ]
        self.keys[plain.table, plain.key] = plain
        return f"keymap [tables.{plain.table}]"

    def append(self, line: Ordered) -> str:
        """Keep a line in its order; returns where it stands, for the report."""
        if line.text:
            self.ordered.append(line)
        return "config.toml commands"

    def config_document(self, keymap: str) -> dict[str, object]:
        """The document of config.toml."""
        document: dict[str, object] = {"keymap": keymap}
        if self.environment:
            document["environment"] = dict(self.environment)
        if self.options:
            document["options"] = {
                name: self.options[scope]
                for scope, name in SCOPES.items()
                if self.options.get(scope)
            }
        if self.ordered:
            document["commands"] = [line.text for line in self.ordered]
        return dict(sorted(document.items(), key=lambda item: isinstance(item[1], dict)))

    def keymap_document(self, name: str) -> dict[str, object]:
        """The document of the keymap."""
        tables: dict[str, dict[str, object]] = {}
        for key in self.keys.values():
            fields: dict[str, object] = {"command": key.command}
            if key.note:
                fields["note"] = key.note
            if key.repeat:
                fields["repeat"] = True
            tables.setdefault(key.table, {})[key.key] = fields
        return {"name": name, "tables": tables}


def key_thing(table: str, key: str) -> str:
    """What binding a key touches."""
    return f"key {table} {key}"


def table_thing(table: str) -> str:
    """What `unbind-key -a` touches; no key is bound plainly behind it."""
    return f"table {table}"


def option_thing(name: str) -> str:
    """What setting an option touches."""
    return f"option {name}"


def variable_thing(name: str) -> str:
    """What setting a variable touches."""
    return f"variable {name}"
