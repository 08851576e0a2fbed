"""What concerns an imported configuration as a whole: aimux's own keys, and who calls tmux."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aimux.data import load_data
from aimux.keys.names import canonical_name
from aimux.model.option_row import Scope
from migrate_tmux.configuration import EVERYTHING, Configuration, Ordered, PlainOption, key_things
from migrate_tmux.report import Displaced, Place, Report

OWN_KEYMAP = "aimux"
TMUX_KEYMAP = "tmux"
COST = (
    "Something here calls tmux, so new panes get TMUX and a `tmux` that is aimux (option tmux-env"
    " on, the shim first on PATH). It costs agents: with TMUX set, Claude Code gives up"
    " synchronised output and truecolor. Panes that are started with an agent keep it off by"
    " themselves; for an agent that is typed at a shell, turn it off where it runs:"
    " aimux set-option -t SESSION tmux-env off. A shell profile that sets PATH anew has to name the"
    " shim's directory itself; on another machine `aimux shim DIRECTORY` makes it"
)


def displaced_keys(configuration: Configuration, places: Mapping[str, Place]) -> list[Displaced]:
    """The keys of aimux that the configuration binds or unbinds.

    Args:
        configuration: The import's result.
        places: Where each key was bound, by what that touches.
    """
    taken = [line.touches for line in configuration.ordered if EVERYTHING not in line.touches]
    touched = frozenset(thing for touches in taken for thing in touches)
    found: list[Displaced] = []
    for table, key, command in _own_keys():
        (thing,) = key_things(table, key) - {f"keys {table}"}
        if (table, key) in configuration.keys or thing in touched:
            free = _free_key(configuration, table, key)
            found.append(Displaced(places[thing], table, key, command, free))
    return found


def shim_directory(environment: Mapping[str, str]) -> str:
    """Where the program called tmux is put, with variables as the language expands them."""
    base = environment.get("XDG_DATA_HOME", "")
    return f"{'${XDG_DATA_HOME}' if base.startswith('/') else '${HOME}/.local/share'}/aimux/shim"


def let_tmux_be_called(
    configuration: Configuration, report: Report, environment: Mapping[str, str]
) -> None:
    """Where something calls tmux: panes get TMUX and find the shim; the report says the cost."""
    if not report.calls_tmux:
        return
    configuration.add(PlainOption(Scope.SESSION, "tmux-env", True))
    directory = shim_directory(environment)
    # A configuration may be loaded again: PATH names the directory once.
    lines = (
        '%if "#{m:*/aimux/shim:*,#{PATH}}"',
        "",
        "%else",
        f'PATH="{directory}:${{PATH}}"',
        "%endif",
    )
    configuration.ordered.insert(0, Ordered("\n".join(lines), frozenset({"variable PATH"})))
    report.notes.append(COST)


def _own_keys() -> Iterator[tuple[str, str, str]]:
    for table, key, fields in _keys_of(OWN_KEYMAP):
        if isinstance(fields, dict):
            yield table, canonical_name(key), str(fields.get("command", ""))


def _keys_of(keymap: str) -> Iterator[tuple[str, str, object]]:
    tables = load_data("keymaps", keymap).get("tables")
    for table, keys in tables.items() if isinstance(tables, dict) else ():
        for key, fields in keys.items():
            yield table, key, fields


def _free_key(configuration: Configuration, table: str, key: str) -> str:
    """A key of the table that nothing is bound to, near to the one that was taken."""
    bound = {
        canonical_name(name)
        for keymap in (TMUX_KEYMAP, OWN_KEYMAP)
        for other, name, _ in _keys_of(keymap)
        if other == table
    } | {name for other, name in configuration.keys if other == table}
    plain = key.rpartition("-")[2] or key
    candidates = [f"M-{plain}", f"C-M-{plain}", *(f"F{number}" for number in range(1, 13))]
    return next((name for name in candidates if name not in bound), "F12")
