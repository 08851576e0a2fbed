"""What `keys check` finds."""

from __future__ import annotations

import pytest

from aimux.commands.build import Language
from aimux.commands.key_check import Weight, check_keys
from aimux.commands.keymap import keymap_rows, read_keymap
from aimux.commands.table import COMMANDS
from aimux.data import data_names, load_data
from aimux.model.key_order import is_mouse_key
from aimux.model.key_tables import KeyTables

PREFIXES = {"prefix": "C-b", "prefix2": "None"}


@pytest.fixture
def own(language: Language) -> Language:
    return Language(tuple(COMMANDS.values()), language.context)


@pytest.fixture
def tables(own: Language) -> KeyTables:
    tables = read_keymap(load_data("keymaps", "tmux"), own.read_string)
    return read_keymap(load_data("keymaps", "aimux"), own.read_string, into=tables)


def found(tables: KeyTables, prefixes: dict[str, str] | None = None) -> list[str]:
    return [one.line for one in check_keys(tables, prefixes=prefixes or PREFIXES)]


def test_the_default_keys_are_fine(tables: KeyTables) -> None:
    assert found(tables) == []


@pytest.mark.parametrize(
    ("where", "key", "line"),
    [
        ("prefix", "P", "note: prefix P: in the place of aimux's command-palette (Search all"),
        ("prefix", "c", "note: prefix c: in the place of tmux's new-window (Create a new window)"),
        ("root", "M-x", "note: root M-x: programs in panes no longer get this key"),
        ("root", "x", "problem: root x: it can no longer be typed"),
        ("root", "C-b", "problem: root C-b: never runs kill-server: the key is the option prefix"),
        ("prefix", "C-Enter", "problem: prefix C-Enter: few terminals can send it"),
        ("prefix", "S-C-x", "problem: prefix S-C-x: few terminals can send it"),
        ("prefix", "C-1", "problem: prefix C-1: few terminals can send it"),
        ("prefix", "M-[", "problem: prefix M-[: begins the sequences of arrows"),
        ("prefix", "C-h", "note: prefix C-h: some terminals' backspace key sends it"),
    ],
)
def test_a_key_that_somebody_bound(
    tables: KeyTables, own: Language, where: str, key: str, line: str
) -> None:
    tables.bind(where, key, own.read_string("kill-server"))
    lines = found(tables)
    assert any(one.startswith(line) for one in lines), lines


@pytest.mark.parametrize(
    "key", ["C-Left", "C-a", "C-_", "S-F5", "M-a", "M-Left", "Tab", "-", "C-M-x"]
)
def test_keys_that_terminals_send_are_fine(tables: KeyTables, own: Language, key: str) -> None:
    tables.bind("mine", key, own.read_string("kill-server"))
    assert found(tables) == []


def test_an_addition_that_was_unbound_is_told(tables: KeyTables) -> None:
    tables.unbind("prefix", "b")
    tables.unbind("prefix", "c")
    assert found(tables) == [
        "note: prefix b: no longer aimux's toggle-sidebar (Show or hide the sidebar)"
    ]


def test_a_prefix_that_is_a_letter_cannot_be_typed(tables: KeyTables) -> None:
    assert found(tables, {"prefix": "x"}) == [
        "problem: root x: the option prefix can no longer be typed"
    ]


@pytest.mark.parametrize("name", data_names("keymaps"))
def test_the_keymaps_have_no_problem_and_a_note_for_each_key(
    tables: KeyTables, own: Language, name: str
) -> None:
    document = load_data("keymaps", name)
    assert document["name"] == name
    for row in keymap_rows(document, own.read_string):
        if row.commands is None:
            tables.unbind(row.table, row.key)
        else:
            is_noted = row.table in ("prefix", "root") and not is_mouse_key(row.key)
            assert row.note or not is_noted or name == "tmux", row.key
            tables.bind(row.table, row.key, row.commands, note=row.note)
    prefix = {"prefix": str(document.get("prefix", "C-b"))}
    findings = check_keys(tables, prefixes=prefix)
    wrong = [one.line for one in findings if one.weight is Weight.PROBLEM and name != "tmux"]
    assert wrong == []
