"""Every intended difference from tmux 3.3a on the screen, with the document that decides.

A difference that is not here is a mistake.
"""

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import row_text

# Bytes, our rows (without blanks at their ends), why.
DIFFERENCES = [
    ("好好好\x1b[2GA", [" A好好"], "half a wide character is blank (xterm, ECMA-48 7.2)"),
    ("好好好\x1b[4G\x1b[K", ["好"], "so it is after EL (xterm)"),
    ("好好好\x1b[2G\x1b[2X", ["    好"], "and after ECH (xterm)"),
    ("好好\x1b[2G\x1b[P", [" 好"], "and after DCH (xterm)"),
    ("a\udcffb", ["a\ufffdb"], "invalid UTF-8 is shown (Unicode 3.9, table 3-8)"),
    ("\x1b(A#\x1b(B#", ["£#"], "the British set (ECMA-35, VT220)"),
    ("\x1b[20hab\nc", ["ab", "c"], "LNM (ECMA-48 7.2.8)"),
    ("a\x1b[2Ib", ["a               b"], "CHT (ECMA-48 8.3.10)"),
    ("a\x1b[3ab", ["a   b"], "HPR (ECMA-48 8.3.59)"),
    ("abc\x1b[?1049hx\x1bcy", ["y"], "RIS leaves the alternate screen (xterm)"),
    ("a" + "\u0301" * 12, ["a" + "\u0301" * 8], "eight marks in a cell, not ten"),
    ("🫩x", ["🫩x"], "characters newer than the C library's (Unicode 16)"),
    ("ab\x1b[31m\x1b[2bc", ["abbbc"], "REP after a control (xterm)"),
]


@pytest.mark.parametrize(("data", "rows", "why"), DIFFERENCES, ids=[row[2] for row in DIFFERENCES])
def test_the_engine_follows_the_document(data, rows, why) -> None:
    engine = Engine(20, 4)
    engine.feed(data.encode("utf-8", "surrogateescape"))
    shown = [row_text(row).rstrip() for row in engine.rows]
    assert shown[: len(rows)] == rows, why
    assert shown[len(rows) :] == [""] * (4 - len(rows))


def test_an_aborted_string_sets_no_title() -> None:
    engine = Engine(20, 4)
    engine.feed(b"\x1b]2;abc\x18\x1b]2;def\x1b[m")
    assert engine.title == ""


def test_the_list_stays_short() -> None:
    assert len(DIFFERENCES) <= 30
