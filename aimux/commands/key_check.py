"""What is wrong with a set of keys, or worth knowing of it. Pure: key tables in, findings out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from msgspec import Struct

from aimux.model.key_order import is_mouse_key
from aimux.model.key_tables import NO_KEY, Binding, KeyTables

ROOT = "root"


class Weight(Enum):
    """How much a finding matters: a key that cannot do what it is bound to, or a choice."""

    PROBLEM = "problem"
    NOTE = "note"


class Finding(Struct, frozen=True):
    """One thing about one key."""

    weight: Weight
    table: str
    key: str
    text: str

    @property
    def line(self) -> str:
        """How `keys check` prints it."""
        return f"{self.weight.value}: {self.table} {self.key}: {self.text}"


# Keys that a terminal sends as another one: both are the same control character (ECMA-48). aimux
# takes their names for one key, as tmux does.
SAME_KEY: Mapping[str, str] = {"C-i": "Tab", "C-m": "Enter", "C-[": "Escape"}
# The same where the terminal's backspace key sends it.
BACKSPACE = "C-h"
# Control characters beside the letters'; C-/ arrives as C-_.
_CONTROLLED = frozenset("@[\\]^_?/")
_NAMED = frozenset({"Enter", "Tab", "BSpace", "Escape", "Space"})
# Alt and these begin what terminals send for other keys: ESC [, ESC O.
AMBIGUOUS: Mapping[str, str] = {
    "M-[": "begins the sequences of arrows and function keys",
    "M-O": "begins the sequences of F1 to F4",
}


def check_keys(tables: KeyTables, *, prefixes: Mapping[str, str]) -> list[Finding]:
    """Everything worth saying of the keys that somebody has bound, and of the prefix.

    Args:
        tables: With their defaults (`KeyTables.default`).
        prefixes: The options prefix and prefix2 by name.
    """
    findings = list(_prefix_findings(tables, prefixes))
    for table in tables.names():
        for binding in tables.bindings(table):
            default = tables.default(table, binding.key)
            if binding != default and not is_mouse_key(binding.key):
                findings += _key_findings(table, binding, default)
        findings += _unbound(tables, table)
    return sorted(findings, key=lambda one: one.weight is Weight.NOTE)


def same_key_twice(table: str, key: str, first: str, second: str) -> Finding:
    """A key that a file binds a second time."""
    text = f"bound twice: {first}, then {second}; the second one counts"
    return Finding(Weight.PROBLEM, table, key, text)


def _prefix_findings(tables: KeyTables, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    for name, key in prefixes.items():
        if key == NO_KEY:
            continue
        root = tables.lookup(ROOT, key)
        if root is not None:
            text = f"never runs {root.text}: the key is the option {name}"
            yield Finding(Weight.PROBLEM, ROOT, key, text)
        if len(key) == 1:
            yield Finding(Weight.PROBLEM, ROOT, key, f"the option {name} can no longer be typed")


def _key_findings(table: str, binding: Binding, default: Binding | None) -> Iterator[Finding]:
    key = binding.key
    if key == BACKSPACE:
        yield Finding(Weight.NOTE, table, key, "some terminals' backspace key sends it")
    if _is_rare(key):
        text = "few terminals can send it, those with extended keys"
        yield Finding(Weight.PROBLEM, table, key, text)
    if key in AMBIGUOUS:
        yield Finding(Weight.PROBLEM, table, key, AMBIGUOUS[key])
    if table == ROOT and len(key) == 1:
        yield Finding(Weight.PROBLEM, table, key, "it can no longer be typed")
    if table == ROOT and key.startswith("M-"):
        text = "programs in panes no longer get this key; editors and shells use Alt, too"
        yield Finding(Weight.NOTE, table, key, text)
    if default is not None and default.text != binding.text:
        yield _displaced(table, default)


def _is_rare(key: str) -> bool:
    """Whether most terminals can send a key by the kitty protocol or modifyOtherKeys alone."""
    *modifiers, base = key[:-1].split("-") if len(key) > 1 else [""]
    base += key[-1:]
    is_character = len(base) == 1
    if "C" in modifiers and base != "Space":
        is_letter = base.isascii() and base.isalpha()
        rare = base in _NAMED or (is_character and not is_letter and base not in _CONTROLLED)
        return rare or (is_character and "S" in modifiers)
    return "S" in modifiers and (is_character or base in _NAMED)


def same_key(table: str, written: str, key: str) -> Finding:
    """A file names a key that is another one."""
    return Finding(Weight.PROBLEM, table, written, f"is the same key as {key}")


def _unbound(tables: KeyTables, table: str) -> Iterator[Finding]:
    for default in tables.defaults(table):
        if tables.lookup(table, default.key) is None and default.is_addition:
            yield Finding(Weight.NOTE, table, default.key, f"no longer aimux's {_purpose(default)}")


def _displaced(table: str, default: Binding) -> Finding:
    whose = "aimux" if default.is_addition else "tmux"
    return Finding(
        Weight.NOTE, table, default.key, f"in the place of {whose}'s {_purpose(default)}"
    )


def _purpose(binding: Binding) -> str:
    return f"{binding.text} ({binding.note})" if binding.note else binding.text
