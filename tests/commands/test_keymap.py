import json
from collections.abc import Callable
from pathlib import Path

import pytest

from aimux.commands.build import Language
from aimux.commands.keymap import keymap_rows, read_keymap
from aimux.commands.table import COMMANDS
from aimux.data import load_data
from aimux.errors import ParseError
from aimux.model.key_tables import KeyTables

AS_IN_3_7 = {
    ("prefix", "*"): "new-pane",
    ("root", "MouseDown1Border"): ('if-shell -F -t = "#{pane_floating_flag}" { select-pane -t = }'),
    **{
        (
            "root",
            key,
        ): f'if-shell -F -t = "#{{pane_in_mode}}" {{ send-keys -X {there} }} {{ {else_} }}'
        for key, there, else_ in (
            ("MouseDown1ScrollbarUp", "page-up", "copy-mode -u"),
            ("MouseDown1ScrollbarDown", "page-down", "copy-mode -d"),
            ("MouseDrag1ScrollbarSlider", "scroll-to-mouse", "copy-mode -S"),
        )
    },
}
"""Keys that tmux 3.7 binds to the same: `new-pane`, scrollbars, and `select-pane -M`, which aimux
narrows to floating panes, as it clears the marked pane too."""
IN_COPY_MODE = '"#{m/r:(copy|view)-mode,#{pane_mode}}"'
ADDITIONS = {
    ("prefix", "b"): "toggle-sidebar",
    ("prefix", "a"): "focus-sidebar",
    ("prefix", "g"): "next-agent",
    ("prefix", "e"): "next-problem",
    ("prefix", "M-e"): "previous-problem",
    ("prefix", "u"): "suggest -i",
    ("prefix", "y"): "choose-history",
    ("problems", "Enter"): "open-problem",
    ("prefix", "P"): "command-palette",
    ("prefix", "S"): "msg send",
    **AS_IN_3_7,
    ("prefix", "U"): "open-link",
    ("copy-mode", "o"): "open-link",
    ("copy-mode-vi", "O"): "open-link",
    **{
        (table, key): f"send-keys -X {command}"
        for table in ("copy-mode", "copy-mode-vi")
        for key, command in (("M-n", "next-prompt"), ("M-p", "previous-prompt"))
    },
    **{
        ("root", f"S-{key}1Pane"): "select-pane -t ="
        for key in ("MouseDown", "MouseUp", "SecondClick")
    },
    **{
        ("root", f"S-{key}1Pane"): rf"select-pane -t = \; copy-mode -H \; send-keys -X {select}"
        r" \; run-shell -d 0.3 \; send-keys -X copy-pipe-and-cancel"
        for key, select in (("DoubleClick", "select-word"), ("TripleClick", "select-line"))
    },
    ("root", "S-MouseDrag1Pane"): f"if-shell -F {IN_COPY_MODE}"
    " { send-keys -X begin-selection } { copy-mode -M }",
    ("root", "S-MouseDragEnd1Pane"): f"if-shell -F {IN_COPY_MODE}"
    " { send-keys -X copy-pipe-and-cancel }",
    ("root", "M-MouseDrag1Border"): "drag-pane",
    ("root", "M-MouseDrag1Pane"): 'if-shell -F "#{||:#{pane_in_mode},#{mouse_any_flag}}"'
    " { send-keys -M } { drag-pane }",
}


def test_the_default_keymap_has_the_four_tables_of_tmux(language: Language) -> None:
    tables = read_keymap(load_data("keymaps", "tmux"), language.read_string)
    counts = {name: len(tables.bindings(name)) for name in tables.names()}
    assert counts == {"copy-mode": 72, "copy-mode-vi": 84, "prefix": 85, "root": 14}


def test_a_keymap_gives_defaults_that_a_key_can_be_reset_to(language: Language) -> None:
    document = {"tables": {"prefix": {"c": {"command": "new-window", "repeat": True}}}}
    tables = read_keymap(document, language.read_string)
    tables.bind("prefix", "c", language.read_string("kill-server"))
    tables.reset("prefix", "c")
    binding = tables.lookup("prefix", "c")
    assert binding is not None
    assert (binding.text, binding.repeat) == ("new-window", True)


def test_keys_that_tmux_does_not_have_are_marked(language: Language) -> None:
    document = {"tables": {"prefix": {"a": {"command": "display", "addition": True}}}}
    tables = read_keymap(document, language.read_string)
    assert [binding.is_addition for binding in tables.bindings("prefix")] == [True]


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({}, "tables: not a table"),
        ({"tables": {"prefix": 1}}, "tables prefix: not a table"),
        ({"tables": {"prefix": {"a": "display"}}}, "prefix a: not a table"),
        ({"tables": {"prefix": {"a": {"command": 1}}}}, "prefix a: command is wrong"),
        ({"tables": {"prefix": {"a": {"colour": "x"}}}}, "prefix a: colour is wrong"),
        ({"tables": {"prefix": {"a": {"command": "foo"}}}}, "prefix a: unknown command: foo"),
        ({"tables": {"prefix": {"NoKey": {}}}}, "prefix NoKey: unknown key: NoKey"),
    ],
)
def test_a_wrong_keymap_says_where_it_is_wrong(
    language: Language, document: dict[str, object], message: str
) -> None:
    with pytest.raises(ParseError) as caught:
        read_keymap(document, language.read_string)
    assert str(caught.value) == message


@pytest.fixture
def default_keys(language: Language) -> KeyTables:
    own = Language(tuple(COMMANDS.values()), language.context)
    tables = read_keymap(load_data("keymaps", "tmux"), own.read_string)
    return read_keymap(load_data("keymaps", "aimux"), own.read_string, into=tables)


def test_the_default_keys_are_tmuxs_and_a_few_more(
    default_keys: KeyTables, tmux: Callable[..., tuple[int, str]]
) -> None:
    _, listed = tmux("list-keys")
    assert default_keys.of_tmux().list_keys() == listed.splitlines()
    added = {
        (table, row.key): row.text
        for table in default_keys.names()
        for row in default_keys.bindings(table)
        if row.is_addition
    }
    assert added == ADDITIONS


def test_no_addition_takes_a_key_that_a_later_tmux_binds() -> None:
    later = json.loads(Path(__file__).with_name("tmux_3_7c_new_keys.json").read_text())
    taken = {(table, key) for table, keys in later.items() for key in keys}
    assert len(taken) == 22
    assert taken & set(ADDITIONS) == set(AS_IN_3_7)


def test_a_key_may_be_bound_to_nothing(language: Language) -> None:
    document = {"tables": {"prefix": {"C-b": False, "x": {"command": "new-window", "note": "n"}}}}
    words = [row.words() for row in keymap_rows(document, language.read_string)]
    assert words[0] == ["unbind-key", "-q", "-T", "prefix", "--", "C-b"]
    assert words[1][:-1] == ["bind-key", "-T", "prefix", "-N", "n", "--", "x"]
