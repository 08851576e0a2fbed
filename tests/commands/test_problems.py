"""The words that open a file at a place."""

from __future__ import annotations

import pytest

from aimux.commands.problems import editor_words


@pytest.mark.parametrize(
    ("environment", "line", "expected"),
    [
        ({"EDITOR": "nano"}, 3, ("nano", "+3", "/a/b.c")),
        ({"VISUAL": "vim -p", "EDITOR": "nano"}, 3, ("vim", "-p", "+3", "/a/b.c")),
        ({"EDITOR": "emacs"}, None, ("emacs", "--", "/a/b.c")),
        ({}, 3, ("vi", "+3", "/a/b.c")),
        ({"EDITOR": 'broken "quote'}, 3, ('broken "quote', "+3", "/a/b.c")),
        ({"TERM_PROGRAM": "vscode", "EDITOR": "vi"}, 3, ("code", "-g", "/a/b.c:3:7")),
        ({"TERM_PROGRAM": "vscode"}, None, ("code", "-g", "/a/b.c")),
    ],
)
def test_the_editor_is_the_persons(
    environment: dict[str, str], line: int | None, expected: tuple[str, ...]
) -> None:
    assert editor_words(environment, "/a/b.c", line, 7) == expected


def test_a_path_stays_one_word_whatever_is_in_it() -> None:
    path = "/tmp/$(evil); rm -rf ~"
    assert editor_words({"EDITOR": "vi"}, path, 1, None) == ("vi", "+1", path)
