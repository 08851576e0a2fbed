"""The aimux configuration that an import makes: plain settings in tables, the rest in order.

aimux loads the options and variables first, then the keymap, then the ordered commands as one text
of the command language. A setting is plain, and may come first, if nothing ordered before it
touches the same thing.
"""

from __future__ import annotations

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
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PlainKey:
    """A key and the commands that it runs; with `command` None it is unbound."""

    table: str
    key: str
    command: str | None
    note: str = ""
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class PlainClearing:
    """A key table that loses all its keys (`unbind-key -a`)."""

    table: str


Plain = PlainOption | PlainVariable | PlainKey | PlainClearing


@dataclass(frozen=True, slots=True)
class Ordered:
    """Lines of the command language that have to run in their order.

    Attributes:
        text: The lines.
        touches: What they may change, as `option NAME`, `key TABLE KEY`, `variable NAME`.
    """

    text: str
    touches: frozenset[str]


@dataclass(slots=True)
class Configuration:
    """What the two files hold."""

    options: dict[Scope, dict[str, TomlValue]] = field(default_factory=dict)
    environment: dict[str, object] = field(default_factory=dict)
    keys: dict[tuple[str, str], PlainKey] = field(default_factory=dict)
    cleared: list[str] = field(default_factory=list)
    ordered: list[Ordered] = field(default_factory=list)

    def touched(self, things: frozenset[str]) -> bool:
        """Whether something ordered may change one of these."""
        return any(EVERYTHING in line.touches or things & line.touches for line in self.ordered)

    def add(self, plain: Plain) -> str:
        """Keep a plain setting; returns where it stands, for the report."""
        if isinstance(plain, PlainOption):
            self.options.setdefault(plain.scope, {})[plain.name] = plain.value
            return f"config.toml [options.{SCOPES[plain.scope]}]"
        if isinstance(plain, PlainVariable):
            hidden = {"value": plain.value, "hidden": True}
            self.environment[plain.name] = hidden if plain.hidden else plain.value
            return "config.toml [environment]"
        if isinstance(plain, PlainClearing):
            self.keys = {at: key for at, key in self.keys.items() if at[0] != plain.table}
            self.cleared.append(plain.table)
            return "keymap clear"
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
            tables.setdefault(key.table, {})[key.key] = _key_fields(key)
        cleared: dict[str, object] = {"clear": sorted(set(self.cleared))} if self.cleared else {}
        return {"name": name, **cleared, "tables": tables}


def _key_fields(key: PlainKey) -> dict[str, object] | bool:
    if key.command is None:
        return False
    note: dict[str, object] = {"note": key.note} if key.note else {}
    repeat: dict[str, object] = {"repeat": True} if key.repeat else {}
    return {"command": key.command, **note, **repeat}


def option_thing(name: str) -> str:
    """What setting an option touches."""
    return f"option {name}"


def variable_thing(name: str) -> str:
    """What setting a variable touches."""
    return f"variable {name}"


def key_things(table: str, key: str) -> frozenset[str]:
    """What binding a key touches."""
    return frozenset({f"key {table} {key}", f"keys {table}"})


def key_rivals(table: str, key: str) -> frozenset[str]:
    """What must not have been touched where a key is bound plainly."""
    return frozenset({f"key {table} {key}", f"table {table}"})


def table_things(table: str) -> frozenset[str]:
    """What clearing a table touches; also what must not have been touched before."""
    return frozenset({f"table {table}", f"keys {table}"})
