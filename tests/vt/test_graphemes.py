"""Mode 2027: characters as people see them, two cells each."""

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import row_text

ON = "\x1b[?2027h"


def cells(text: str, columns: int = 10) -> tuple[str, int]:
    """The first row, and the cursor's column."""
    engine = Engine(columns, 3)
    for byte in text.encode():
        engine.feed(bytes([byte]))
    whole = Engine(columns, 3)
    whole.feed(text.encode())
    assert (row_text(whole.rows[0]), whole.x) == (row_text(engine.rows[0]), engine.x)
    return row_text(whole.rows[0]), whole.x


@pytest.mark.parametrize(
    ("text", "without", "with_mode"),
    [
        ("❤\ufe0f", 1, 2),
        ("1\ufe0f\u20e3", 1, 2),
        ("❤", 1, 1),
        ("a\ufe0f", 1, 1),
        ("🇫🇷", 2, 2),
        ("🇫🇷🇩🇪", 4, 4),
        ("🇫🇷🇩", 3, 3),
        ("👍🏽", 4, 2),
        ("☝🏽", 3, 2),
        ("a🏽", 3, 3),
        ("👩\u200d💻", 2, 2),
        ("👩\u200d❤\ufe0f\u200d👩", 3, 2),
        ("🏳\ufe0f\u200d🌈", 1, 2),
        ("e\u0301", 1, 1),
        ("好", 2, 2),
    ],
)
def test_width_of_what_people_see(text, without, with_mode) -> None:
    assert cells(text)[1] == without
    assert cells(ON + text) == (text, with_mode)


def test_a_widened_symbol_pushes_what_follows() -> None:
    assert cells(ON + "❤\ufe0fx❤\ufe0fy") == ("❤\ufe0fx❤\ufe0fy", 6)


def test_there_is_no_second_cell_beyond_the_last_column() -> None:
    engine = Engine(3, 2)
    engine.feed((ON + "ab❤\ufe0fc").encode())
    assert [row_text(row) for row in engine.rows] == ["ab❤\ufe0f", "c"]


def test_a_cluster_is_one_cell_to_overwrite() -> None:
    assert cells(ON + "❤\ufe0f\x1b[2GA") == (" A", 2)


def test_the_mode_can_be_asked_for_and_ends_with_a_reset() -> None:
    engine = Engine(10, 3)
    heard: list[bytes] = []
    engine.on_reply = heard.append
    engine.feed(b"\x1b[?2027$p\x1b[?2027h\x1b[?2027$p\x1bc\x1b[?2027$p")
    assert heard == [b"\x1b[?2027;2$y", b"\x1b[?2027;1$y", b"\x1b[?2027;2$y"]
