"""Bytes that were written to do harm, and the harmless result."""

import pathlib
import re

import pytest

from aimux.vt.attributes import HIDDEN, TABLE
from aimux.vt.engine import Engine
from aimux.vt.events import ClipboardSet, Osc, PathChanged
from aimux.vt.render import render_row, row_text


@pytest.fixture
def replies() -> list[bytes]:
    return []


@pytest.fixture
def engine(replies) -> Engine:
    engine = Engine(40, 5, clock=lambda: 0.0)
    engine.on_reply = replies.append
    return engine


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


# What an attack is called in the list of attacks that this file follows (1 to 34, those that
# concern a screen), its bytes, the answers, and the first row.
ATTACKS = {
    "1 a title of commands, then its report": (b"\x1b]2;\r\ntouch X\r\n\a\x1b[21t", [], "X"),
    "2 window reports": (b"\x1b[20t\x1b[21t\x1b[11t\x1b[13t\x1b[14t\x1b[19t", [], "X"),
    "2 the size may be asked": (b"\x1b[18t", [b"\x1b[8;5;40t"], "X"),
    "3 DECRQSS of a command": (b"\x1bP$q\r\nid\r\n\x1b\\", [b"\x1bP0$r\x1b\\"], "X"),
    "4 XTGETTCAP of nothing known": (b"\x1bP+q6964\x1b\\", [b"\x1bP0+r\x1b\\"], "X"),
    "4 keys redefined by DECUDK": (b"\x1bP0;1|17/69640d\x1b\\", [], "X"),
    "5 the clipboard read": (b"\x1b]52;c;?\a", [], "X"),
    "7 the font asked and set": (b"\x1b]50;?\a\x1b]50;evil\a", [], "X"),
    "8 the colours asked": (b"\x1b]12;?\a", [b"\x1b]12;rgb:ffff/ffff/ffff\x1b\\"], "X"),
    "9 tmux's passthrough": (b"\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\", [], "X"),
    "10 the printer": (b"\x1b[5i\x1b[4i\x1b[?5i\x1b[?4i", [], "X"),
    "11 a resize by the program": (b"\x1b[8;65535;65535t\x1b[4;9999;9999t", [], "X"),
    "12 device questions": (
        b"\x1b[c\x1b[>c\x1b[5n\x1b[6n",
        [b"\x1b[?1;2c", b"\x1b[>84;0;0c", b"\x1b[0n", b"\x1b[1;1R"],
        "X",
    ),
    "13 private forms of what has none": (
        b"\x1b[?15n\x1b[?5m\x1b[?1H\x1b[1;2'z\x1b[?4r\x1b[1;1;1;1D\x1b[?1A",
        [],
        "X",
    ),
    "17 a title cut off by CAN": (b"\x1b]2;abc\x18", [], "X"),
    "17 a title cut off by SUB": (b"\x1b]2;abc\x1a", [], "X"),
    "18 strings for others": (
        b"\x1bPq#0\x1b\\\x1b_Gx\x1b\\\x1b^pm\x1b\\\x1bXsos\x1b\\\x1bkname\x1b\\",
        [],
        "X",
    ),
    "21 many savepoints": (b"\x1b7" * 100_000 + b"\x1b8\x1b8\x1b8", [], "X"),
    "22 prefixes and colons": (
        b"\x1b[>4;2m\x1b[<u\x1b[=1;1u\x1b[!p\x1b[38:2::1:2:3m\x1b[4:3m\x1b[m",
        [],
        "X",
    ),
    "23 C1 in UTF-8": ("\x9b31m\x9d2;t\x9c".encode(), [], "31m2;tX"),
    "23 C1 as bytes": (b"\x9b31m\x9d2;t\x9c", [], "\ufffd31m\ufffd2;t\ufffdX"),
    "25 notices": (b"\x1b]9;hi\a\x1b]777;notify;a;b\a\x1b]99;i=1;x\a", [], "X"),
    "28 a file read by graphics": (b"\x1b_Gt=f;L2V0Yw==\x1b\\", [], "X"),
    "28 a file sent by OSC 1337": (b"\x1b]1337;File=name=YQ==:AAAA\a", [], "X"),
}


@pytest.mark.parametrize(("attack", "answers", "row"), ATTACKS.values(), ids=ATTACKS.keys())
def test_an_attack_has_its_safe_result(engine, replies, attack, answers, row) -> None:
    for byte in range(0, len(attack), 7):
        engine.feed(attack[byte : byte + 7])
    engine.feed(b"X")
    assert replies == answers
    assert row_text(engine.rows[0]) == row
    assert (engine.columns, engine.lines, engine.attribute) == (40, 5, 0)
    assert not any(character < " " for character in engine.title)


def test_6_a_clipboard_is_only_offered_to_the_owner_and_bounded(engine) -> None:
    heard: list[object] = []
    engine.on_event = heard.append
    engine.feed(b"\x1b]52;c;" + b"QUFB" * 300_000 + b"\a")
    assert heard == []
    engine.feed(b"\x1b]52;c;QUFB\a")
    assert heard == [ClipboardSet("c", b"AAA")]


def test_12_a_flood_of_questions_is_answered_with_at_most_4_kib(engine, replies) -> None:
    engine.feed(b"\x1bP+q" + b"Setulc".hex().encode() + b"\x1b\\" + b"\x1b[c" * 1000)
    assert len(replies) == 100
    replies.clear()
    flooded = Engine(40, 5, clock=lambda: 0.0)
    flooded.on_reply = replies.append
    flooded.feed((b"\x1bP+q" + b"Setulc".hex().encode() + b"\x1b\\") * 1000)
    assert len(replies) < 100
    assert sum(map(len, replies)) <= 4096


def test_14_a_repeat_count_is_bounded_by_the_screen(engine) -> None:
    for final in "@ABCDEFGHILMPSTXZabde":
        engine.feed(b"\x1b[99999" + final.encode())
    engine.feed(b"\x1b[HX")
    assert row_text(engine.rows[0]).rstrip() == "X"
    assert len(engine.history) <= 5


def test_19_combining_marks_take_linear_time(engine) -> None:
    engine.feed(("a" + "\u0301" * 1_000_000).encode())
    assert row_text(engine.rows[0]) == "a" + "\u0301" * 8


def test_20_odd_characters_take_one_cell_or_none(engine) -> None:
    engine.feed("a\u200d\ufe0f\U000e0041\U0010ffff\u00adb".encode())
    assert engine.x <= 3
    assert "\U0010ffff" not in row_text(engine.rows[0])


def test_24_a_link_of_a_strange_kind_is_kept_but_not_let_through(engine) -> None:
    for uri in ("javascript:alert(1)", "data:text/html,x", "ssh://h", "https://a\u202eb"):
        engine.feed(f"\r\x1b[K\x1b]8;;{uri}\x1b\\x\x1b]8;;\x1b\\".encode())
        assert "\x1b]8" not in render_row(engine.rows[0], 40)


def test_26_marks_from_a_file_reach_the_owner_as_they_are_written(engine) -> None:
    heard: list[object] = []
    engine.on_event = heard.append
    engine.feed(b"\x1b]133;D;0\a\x1b]133;C;aid=1\a")
    assert heard == [Osc(133, "D;0", 0), Osc(133, "C;aid=1", 0)]


def test_27_a_path_is_reported_and_nothing_else(engine) -> None:
    heard: list[object] = []
    engine.on_event = heard.append
    engine.feed(b"\x1b]7;file://other/etc\a\x1b]7;file://h/" + b"a" * 5000 + b"\a")
    assert heard == [PathChanged("file://other/etc")]


@pytest.mark.parametrize("text", ["[@click=app.exit]x", "\x1b]0;t\x1b\\[link=x]y", "\x9b1mz"])
def test_32_a_row_for_a_terminal_holds_no_control_that_is_not_ours(engine, text) -> None:
    engine.feed(text.encode())
    shown = render_row(engine.rows[0], 20)
    assert "\x1b]" not in shown
    assert all(character >= " " for character in shown.replace("\x1b", ""))


def test_34_hidden_text_is_marked_as_hidden(engine) -> None:
    engine.feed(b"\x1b[8mrm\x1b[m")
    assert TABLE[ord(engine.rows[0].looks[0])].flags & HIDDEN


# Tests that do not carry the number of their attack, here and in other packages.
ELSEWHERE = {
    15: "tests/vt/test_attacks.py::test_a_million_parameters_are_one_ignored_sequence",
    16: "tests/vt/test_attacks.py::test_a_string_without_end_takes_bounded_memory_and_ends_in_time",
    29: "tests/keys/test_paste.py::test_no_paste_can_end_its_bracket",
    30: "tests/server/test_paste_input.py::test_lines_that_a_shell_would_run_are_asked_about",
    31: "tests/end_to_end/test_forged_names.py::"
    "test_a_name_or_title_from_a_program_is_no_command_and_no_format",
    33: "tests/security/test_clean.py::test_any_text_becomes_one_harmless_line",
}


def test_every_attack_of_the_list_has_a_test() -> None:
    here = pathlib.Path(__file__).read_text()
    numbers = {int(name.split()[0]) for name in ATTACKS}
    numbers |= {int(number) for number in re.findall(r"def test_(\d+)_", here)}
    assert numbers | set(ELSEWHERE) == set(range(1, 35))
    root = pathlib.Path(__file__).parents[2]
    for place in ELSEWHERE.values():
        path, _, name = place.partition("::")
        assert f"def {name}(" in (root / path).read_text()
