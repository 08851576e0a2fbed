import re

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import render_row, row_text, runs
from aimux.vt.row import Row


def row_of(data: bytes, columns: int = 20) -> Row:
    engine = Engine(columns, 2)
    engine.feed(data)
    return engine.rows[0]


@pytest.mark.parametrize(
    ("data", "columns", "text"),
    [
        (b"", 20, "\x1b[20X"),
        (b"abc", 20, "abc\x1b[17X"),
        (b"abc   ", 20, "abc\x1b[17X"),
        (b"x" * 20, 20, "x" * 20),
        (b"\x1b[31mred", 20, "\x1b[0;31mred\x1b[m\x1b[17X"),
        (b"\x1b[31mred\x1b[m plain", 9, "\x1b[0;31mred\x1b[m plain"),
        (b"\x1b[44m  ", 20, "\x1b[0;44m  \x1b[m\x1b[18X"),
        (b"\x1b[1;4;38;5;3mx", 1, "\x1b[0;1;4;38;5;3mx\x1b[m"),
        ("好好".encode(), 3, "好 "),
        ("e\u0301x".encode(), 2, "e\u0301x"),
        (b"\x1b(0qx", 2, "─│"),
    ],
)
def test_a_row_becomes_text_of_exactly_its_width(data, columns, text) -> None:
    assert render_row(row_of(data), columns) == text


@pytest.mark.parametrize(
    ("depth", "parameters"), [(1 << 24, "38;2;255;0;0"), (256, "38;5;196"), (16, "91")]
)
def test_a_colour_is_reduced_to_what_the_terminal_has(depth, parameters) -> None:
    row = row_of(b"\x1b[38;2;255;0;0mx")
    assert render_row(row, 1, depth) == f"\x1b[0;{parameters}mx\x1b[m"


def test_a_link_is_kept_with_an_id_of_our_own() -> None:
    row = row_of(b"\x1b]8;id=evil;https://example.org\x1b\\link\x1b]8;;\x1b\\!")
    text = render_row(row, 5)
    assert re.sub(r"id=\d+", "id=N", text) == (
        "\x1b]8;id=N;https://example.org\x1b\\link\x1b]8;;\x1b\\!"
    )


def test_row_text_has_each_wide_character_once() -> None:
    assert row_text(row_of("a好e\u0301".encode())) == "a好e\u0301"


def test_runs_pad_to_the_width_asked_for() -> None:
    row = row_of(b"a\x1b[1mb")
    assert [(text, attributes.flags) for text, attributes in runs(row, 4)] == [
        ("a", 0),
        ("b", 1),
        ("  ", 0),
    ]


def test_what_is_rendered_gives_the_same_row_again() -> None:
    data = "a\x1b[1;4:3;38;2;9;8;7mb好\x1b[m \x1b[7;44mé\x1b[27m x".encode()
    row = row_of(data)
    again = row_of(render_row(row, 20).encode())
    assert render_row(again, 20) == render_row(row, 20)
