"""What is written over a row leaves what the whole row would have left, and is short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.client import sequences
from aimux.client.row_changes import span_between
from aimux.protocol.row_text import shifted
from aimux.vt.engine import Engine
from aimux.vt.render import render_row

COLUMNS = 24

looks = st.sampled_from(
    ("", "\x1b[31m", "\x1b[1;42m", "\x1b[0m", "\x1b[38;2;1;2;3m", "\x1b[4:3m", "\x1b[7m")
)
NARROW = ("a", "bc", " ", "   ", "é", "│──", "\u200b")
WIDE = ("日本", "e\u0301", "👍", "👩\u200d🚀", "❤\ufe0f", "🇩🇪")
words = st.sampled_from(NARROW + WIDE)
pieces = st.lists(st.tuples(looks, words), max_size=9).map(
    lambda found: "".join(look + word for look, word in found)
)
ends = st.sampled_from(("", "\x1b[0m", "\x1b[44m\x1b[K\x1b[0m", "\x1b]8;;https://a.b/c\x1b\\x"))


def drawn(written: str) -> str:
    """A row's text as the server renders what a program wrote."""
    line = Engine(COLUMNS, 1, history_limit=0)
    line.feed(f"\x1b[?7l{written}".encode())
    return render_row(line.rows[0], COLUMNS)


class Outer:
    """A terminal with a row in its middle."""

    def __init__(self, *texts: str) -> None:
        self.engine = Engine(COLUMNS + 7, 3, history_limit=0)
        self.engine.feed(b"\x1b[?7l")
        for text in texts:
            self.write(0, text)

    def write(self, column: int, text: str) -> None:
        text = sequences.place(1, 3 + column, shifted(text, 3))
        self.engine.feed(text.encode())

    @property
    def shown(self) -> tuple[str, str]:
        row = self.engine.rows[1]
        return render_row(row, COLUMNS + 7), render_row(self.engine.rows[2], COLUMNS + 7)


def changed(before: str, after: str) -> Outer:
    outer = Outer(before)
    span = span_between(before, after, COLUMNS)
    if span is not None:
        outer.write(span.column, span.text)
        outer.engine.feed(b"\x1b[3;1Hnext")
    else:
        outer.engine.feed(b"\x1b[3;1Hnext")
    return outer


def whole(before: str, after: str) -> Outer:
    outer = Outer(before, after)
    outer.engine.feed(b"\x1b[3;1Hnext")
    return outer


@given(pieces, ends, pieces, ends)
def test_a_changed_piece_leaves_what_the_whole_row_does(
    first: str, first_end: str, second: str, second_end: str
) -> None:
    before, after = drawn(first + first_end), drawn(second + second_end)
    assert changed(before, after).shown == whole(before, after).shown


@given(pieces, pieces, pieces, pieces, ends)
def test_so_does_a_piece_between_what_stays(
    left: str, first: str, second: str, right: str, end: str
) -> None:
    before, after = drawn(left + first + right + end), drawn(left + second + right + end)
    assert changed(before, after).shown == whole(before, after).shown


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_is_too_strange(before: str, after: str) -> None:
    span_between(before, after, COLUMNS)
    span_between(f"\x1b[{before}", f"\x1b[{after}", COLUMNS)


@pytest.mark.parametrize(
    ("before", "after", "column", "text"),
    [
        ("$ ab\x1b[20X", "$ abc\x1b[19X", 4, "c"),
        ("$ abc\x1b[19X", "$ ab\x1b[20X", 4, "\x1b[1X"),
        ("", "ab\x1b[22X", 0, "ab"),
        ("\x1b[0;31mred\x1b[m end", "\x1b[0;31mrod\x1b[m end", 1, "\x1b[0;31mo\x1b[m"),
        ("\x1b[0;31mred\x1b[m end", "\x1b[0;32mred\x1b[m end", 0, "\x1b[0;32mred\x1b[m"),
        ("│ 1 │", "│ 2 │", 2, "2"),
    ],
)
def test_what_stays_is_not_written(before: str, after: str, column: int, text: str) -> None:
    assert span_between(before, after, COLUMNS) == (column, text)


def test_rows_that_look_alike_need_nothing() -> None:
    assert span_between("abc", "abc", COLUMNS) is None
    assert span_between("", f"\x1b[{COLUMNS}X", COLUMNS) is None
