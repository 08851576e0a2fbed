"""config.toml: what it stands for, and what is said of one that is wrong."""

from __future__ import annotations

import pytest

from aimux.commands.build import Language
from aimux.commands.configuration import Configuration, is_toml, read_configuration
from aimux.errors import CommandError
from aimux.model.command_list import print_command

FILES = {
    "/c/keymaps/mine.toml": """
clear = ["copy-mode"]
[tables.prefix]
"C-b" = false
"a" = { command = "send-prefix ; new-window", repeat = true, note = "both" }
""",
    "/c/keymaps/broken.toml": "[tables",
}


def read_file(path: str) -> str:
    if path not in FILES:
        raise CommandError(f"{path}: No such file or directory")
    return FILES[path]


def read(language: Language, text: str) -> Configuration:
    return read_configuration(language, text, source="/c/config.toml", read_file=read_file)


def lines(language: Language, text: str) -> list[str]:
    found = read(language, text)
    assert found.errors == []
    return [" ; ".join(print_command(one) for one in group) for group in found.groups]


def test_toml_is_known_by_its_name() -> None:
    assert is_toml("/c/config.toml")
    assert not is_toml("/c/aimux.conf")


def test_options_are_set_in_their_scopes(language: Language) -> None:
    text = """
[options.server]
escape-time = 10
[options.session]
mouse = true
status-left = "a 'quoted' #{x} $HOME"
"@mine" = "x"
[options.window]
mode-keys = "vi"
[options.pane]
remain-on-exit = false
"""
    assert lines(language, text) == [
        "set-option -s escape-time 10",
        "set-option -g mouse on",
        "set-option -g status-left \"a 'quoted' #{x} \\$HOME\"",
        "set-option -g @mine x",
        "set-option -gw mode-keys vi",
        "set-option -gw remain-on-exit off",
    ]


def test_arrays_are_set_whole_or_by_index(language: Language) -> None:
    text = '[options.server]\nuser-keys = ["a", "b"]\ncommand-alias = { 7 = "x=ls" }\n'
    assert lines(language, text) == [
        "set-option -s user-keys ''",
        "set-option -s user-keys[0] a",
        "set-option -s user-keys[1] b",
        "set-option -s command-alias ''",
        "set-option -s command-alias[7] x=ls",
    ]


def test_the_environment_is_there_before_the_commands(language: Language) -> None:
    text = """
commands = ["new-session -s $NAME", "if-shell true { list-keys }"]
[environment]
NAME = "work"
TOKEN = { value = "x", hidden = true }
GONE = false
"""
    assert lines(language, text) == [
        "set-environment -gr GONE",
        "new-session -s work",
        "if-shell true { list-keys }",
    ]
    assert language.context.lookup_environment("TOKEN") == "x"


def test_conditions_may_take_several_lines(language: Language) -> None:
    text = "commands = ['''\n%if #{yes}\nlist-keys\n%else\nlist-panes\n%endif''']"
    assert lines(language, text) == ["list-keys"]


def test_a_keymap_beside_the_file_is_read(language: Language) -> None:
    assert lines(language, 'keymap = "mine"') == [
        "unbind-key -aq -T copy-mode",
        "unbind-key -q -T prefix C-b",
        "bind-key -r -N both -T prefix a { send-prefix ; new-window }",
    ]


def test_hooks_take_the_place_of_what_was_there(language: Language) -> None:
    text = '[hooks]\nafter-new-window = ["list-keys", "list-panes"]\npane-died = "list-keys"\n'
    assert lines(language, text) == [
        "set-hook -gu after-new-window",
        "set-hook -g after-new-window[0] list-keys",
        "set-hook -g after-new-window[1] list-panes",
        "set-hook -gu pane-died",
        "set-hook -g pane-died[0] list-keys",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = [", "Invalid value (at end of document)"),
        ("colour = 1", "colour: unknown"),
        ("options = 1", "options: not a table"),
        ("[options.screen]\nx = 1", "options.screen: unknown"),
        ("[options.server]\nx = 1.5", "options.server.x: not a text, a number, true or false"),
        ('[options.server]\nx = { a = "b" }', "options: not an index: a"),
        ("[environment]\nX = 1", "environment.X: not a text"),
        ("keymap = 1", "keymap: not a name"),
        ('keymap = "broken"', "keymap: /c/keymaps/broken.toml: Expected ']' at the end of a table"),
        ('keymap = "../x/nothing"', "keymap: not a name of keymaps: ../x/nothing"),
        ('commands = "list-keys"', "commands: not a list"),
        ('commands = ["list-keys", "foo"]', "commands[1]:1: unknown command: foo"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(language: Language, text: str, said: str) -> None:
    errors = read(language, text).errors
    assert len(errors) == 1
    assert errors[0].startswith(f"/c/config.toml: {said}")


def test_the_rest_of_a_wrong_file_counts(language: Language) -> None:
    found = read(language, 'wrong = 1\ncommands = ["foo", "list-keys"]\n')
    assert len(found.errors) == 2
    assert [print_command(one) for group in found.groups for one in group] == ["list-keys"]
