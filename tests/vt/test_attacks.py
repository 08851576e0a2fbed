"""Bytes that were written to do harm, and the harmless result."""

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import render_row, row_text


@pytest.fixture
def replies() -> list[bytes]:
    return []


@pytest.fixture
def engine(replies) -> Engine:
    engine = Engine(40, 5, clock=lambda: 0.0)
    engine.on_reply = replies.append
    return engine


@pytest.mark.parametrize(
    "attack",
    [
        b"\x1b]2;\r\ntouch X\r\n\a\x1b[21t",
        b"\x1b[20t\x1b[21t\x1b[11t\x1b[13t\x1b[14t",
        b"\x1bP0;1|17/69\x1b\\",
        b"\x1b]52;c;?\a",
        b"\x1b]50;?\a\x1b]50;evil\a",
        b"\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\",
        b"\x1b[8;65535;65535t",
        b"\x1b[?15n\x1b[?4m\x1b[?5m\x1b[?1H\x1b[1;2'z",
        b"\x1b_Gt=f;L2V0Yw==\x1b\\\x1b]1337;File=:AAAA\a",
        b"\x1b^pm\x1b\\\x1bXsos\x1b\\",
        b"\x1b[<u\x1b[=1;1u\x1b[!p\x1b[38:2::1:2:3m\x1b[4:3m\x1b[m\x1b[?4;1m",
    ],
)
def test_it_neither_answers_nor_prints(engine, replies, attack) -> None:
    engine.feed(attack + b"X")
    assert [reply for reply in replies if b"touch" in reply or b"hi" in reply] == []
    assert replies in ([], [b"\x1b[>4;0m"])
    assert row_text(engine.rows[0]) == "X"


def test_an_unknown_setting_is_not_sent_back(engine, replies) -> None:
    engine.feed(b"\x1bP$q\r\nid\r\n\x1b\\")
    assert replies == [b"\x1bP0$r\x1b\\"]


def test_a_title_has_no_control_characters_and_256_characters(engine) -> None:
    engine.feed(b"\x1b]2;a\r\n\x01b" + b"c" * 1000 + b"\a")
    assert engine.title == "ab" + "c" * 254


@pytest.mark.parametrize("cancel", [b"\x18", b"\x1a"])
def test_a_cancelled_title_is_dropped_and_text_goes_on(engine, cancel) -> None:
    engine.feed(b"\x1b]2;abc" + cancel + b"X")
    assert engine.title == ""
    assert row_text(engine.rows[0]) == "X"


def test_a_string_without_end_takes_bounded_memory_and_ends_in_time() -> None:
    now = [0.0]
    engine = Engine(40, 5, clock=lambda: now[0])
    for _ in range(100):
        engine.feed(b"\x1b]2;" if _ == 0 else b"a" * 65536)
    held = engine._tokens._string
    assert held is not None
    assert held._size <= 65537
    now[0] = 6.0
    engine.feed(b"X")
    assert row_text(engine.rows[0]) == "X"


def test_a_string_over_the_limit_does_nothing_however_it_is_cut(engine) -> None:
    title = b"\x1b]2;" + b"a" * 70000 + b"\a"
    engine.feed(title)
    for start in range(0, len(title), 4096):
        engine.feed(title[start : start + 4096])
    assert engine.title == ""


def test_a_million_digits_are_one_ignored_sequence(engine) -> None:
    engine.feed(b"\x1b[" + b"9" * 1_000_000 + b"AX")
    assert row_text(engine.rows[0]) == "X"


def test_a_million_parameters_are_one_ignored_sequence(engine) -> None:
    engine.feed(b"\x1b[" + b"1;" * 1_000_000 + b"mX")
    assert engine.attribute == 0
    assert row_text(engine.rows[0]) == "X"


def test_a_sequence_without_end_is_held_within_its_limit(engine) -> None:
    for _ in range(1000):
        engine.feed(b"\x1b[" if _ == 0 else b"1" * 100)
    assert len(engine._tokens._sequence) <= 257
    engine.feed(b"mX")
    assert row_text(engine.rows[0]) == "X"


def test_a_cell_takes_eight_marks(engine) -> None:
    engine.feed(("a" + "\u0301" * 100_000 + "b").encode())
    assert row_text(engine.rows[0]) == "a" + "\u0301" * 8 + "b"


def test_savepoints_do_not_pile_up(engine) -> None:
    engine.feed(b"abc\x1b7" + b"\x1b7" * 100_000 + b"\x1b8\x1b8Z")
    assert row_text(engine.rows[0]) == "abcZ"


def test_c1_characters_are_not_controls(engine) -> None:
    engine.feed("\x9b31mA\x9d2;t\x9cB".encode())
    assert row_text(engine.rows[0]) == "31mA2;tB"
    assert engine.title == ""


@pytest.mark.parametrize(
    ("uri", "shown"),
    [("https://example.org/", True), ("javascript:alert(1)", False), ("x" * 10_000, False)],
)
def test_only_harmless_links_reach_a_terminal(engine, uri, shown) -> None:
    engine.feed(f"\x1b]8;;{uri}\x1b\\text\x1b]8;;\x1b\\".encode())
    assert (uri in render_row(engine.rows[0], 40)) == shown


def test_direction_characters_do_not_reach_a_terminal(engine) -> None:
    engine.feed("a\u202eb\u2066c\u200fd".encode())
    assert render_row(engine.rows[0], 4) == "abcd"
