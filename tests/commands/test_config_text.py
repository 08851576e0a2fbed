"""Changing one option of a config.toml."""

from __future__ import annotations

import tomllib

import pytest

from aimux.commands.config_text import with_option
from aimux.errors import CommandError


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[options.server]\ntheme = "nord"\n'),
        ('keymap = "vi"', 'keymap = "vi"\n\n[options.server]\ntheme = "nord"\n'),
        ("[options.server]", '[options.server]\ntheme = "nord"\n'),
        (
            '# mine\n[options.server]  # here\ntheme = "dracula"  # best\nx = 1\n\n[hooks]\n',
            '# mine\n[options.server]  # here\ntheme = "nord"  # best\nx = 1\n\n[hooks]\n',
        ),
        (
            '[options.session]\ntheme = "a"\n[options.server]\n"theme"=\'b\'\n',
            '[options.session]\ntheme = "a"\n[options.server]\ntheme = "nord"\n',
        ),
        ('[ options . "server" ]\ny = 2\n', '[ options . "server" ]\ntheme = "nord"\ny = 2\n'),
    ],
)
def test_everything_else_stays(before: str, after: str) -> None:
    assert with_option(before, "server", "theme", "nord") == after


@pytest.mark.parametrize(
    "text",
    [
        'options = { server = { theme = "a" } }\n',
        'options.server.theme = "a"\n',
        'x = """\n[options.server]\n"""\n',
        '[options.server]\ntheme = """\na"""\n',
    ],
)
def test_what_cannot_be_changed_alone_is_refused(text: str) -> None:
    with pytest.raises(CommandError, match=r"set theme under \[options.server\] by hand"):
        with_option(text, "server", "theme", "nord")


def test_a_file_that_is_no_toml_is_left_alone() -> None:
    with pytest.raises(CommandError, match=r"config.toml: "):
        with_option("[options", "server", "theme", "nord")


def test_any_text_is_a_value() -> None:
    text = with_option("", "server", "theme", 'a"b\\c\u00e9')
    assert tomllib.loads(text)["options"]["server"]["theme"] == 'a"b\\c\u00e9'
