"""Every intended difference from tmux 3.3a, with the document that decides, shown on both.

A difference that is not here is a mistake.
"""

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from tests.vt.conftest import shown_by

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
    ("好\x1b[3bX", ["好好好好X"], "REP of a wide character (ECMA-48 8.3.103)"),
    ("\x1b[31m\x1b[2;3r\x1b[!pa\x1b[4;1H\nb", ["", "", "", "b"], "DECSTR (DEC STD 070)"),
    ("a\x1b[2eb", ["a", "", " b"], "VPR (ECMA-48 8.3.160)"),
    ('a\x1b[1"qb\x1b[0"qc\x1b[?2K\x1b[?2J', [" b"], "DECSCA, DECSEL and DECSED (VT220)"),
    ("\x1b[?69h\x1b[3;5s\x1b[1;3Habcd", ["  abc", "  d"], "DECLRMM and DECSLRM (VT420, xterm)"),
    ("\x1b[?2027h❤\ufe0f\x1b[2GA", [" A"], "mode 2027: VS16 makes two cells (UTS 51)"),
    ("\r\nabc\x1b[H\x1b[4h" + "x" * 21, ["x" * 20, "xabc"], "IRM after a wrap (ECMA-48 7.2.6)"),
]


# Bytes, the new size, all our rows (history too), why.
RESIZED = [
    (
        "1\r\n2\r\n3\r\n4\x1b[?1049hx\r\ny",
        (20, 2),
        ["1", "2", " x", "y"],
        "the main screen is resized with the alternate one, not when it comes back (xterm)",
    ),
]

# Bytes, what we answer, why; tmux 3.3a answers otherwise, or nothing.
ANSWERS = [
    ("\x1b[2;4r\x1b[?6h\x1b[2;1H\x1b[6n", b"\x1b[2;1R", "CPR in origin mode (DEC STD 070)"),
    ("\x1b[=c", b"\x1bP!|00000000\x1b\\", "DA3 (VT420)"),
    ("\x1b[?6n", b"\x1b[?1;1;1R", "DECXCPR (VT320)"),
    ("\x1b[?7$p", b"\x1b[?7;1$y", "DECRQM (VT420)"),
    ("\x1bP$qr\x1b\\", b"\x1bP1$r1;4r\x1b\\", "DECRQSS (VT420)"),
    ("\x1b]11;?\x07", b"\x1b]11;rgb:0000/0000/0000\x1b\\", "OSC 11 (xterm)"),
]


def ours(data: bytes) -> Engine:
    engine = Engine(20, 4)
    engine.feed(data)
    return engine


@pytest.mark.parametrize(("data", "rows", "why"), DIFFERENCES, ids=[row[2] for row in DIFFERENCES])
def test_the_engine_follows_the_document(data, rows, why) -> None:
    engine = ours(data.encode("utf-8", "surrogateescape"))
    shown = [row_text(row).rstrip() for row in engine.rows]
    assert shown[: len(rows)] == rows, why
    assert shown[len(rows) :] == [""] * (4 - len(rows))


@pytest.mark.parametrize(("data", "rows", "why"), DIFFERENCES, ids=[row[2] for row in DIFFERENCES])
def test_tmux_does_not(tmux, data, rows, why) -> None:
    stream = data.encode("utf-8", "surrogateescape")
    theirs = tmux.show(stream, columns=20, rows=4)
    mine = shown_by(ours(stream))
    assert theirs != mine, why


@pytest.mark.parametrize(("data", "size", "rows", "why"), RESIZED, ids=[row[3] for row in RESIZED])
def test_a_new_size_is_not_tmuxs(tmux, data, size, rows, why) -> None:
    engine = ours(data.encode())
    engine.resize(columns=size[0], rows=size[1])
    mine = shown_by(engine)
    assert mine.lines == rows, why
    assert tmux.show(data.encode(), columns=20, rows=4, resized=size) != mine


@pytest.mark.parametrize(("data", "answer", "why"), ANSWERS, ids=[row[2] for row in ANSWERS])
def test_the_engine_answers_as_the_document_says_and_tmux_does_not(tmux, data, answer, why) -> None:
    heard: list[bytes] = []
    engine = Engine(20, 4)
    engine.on_reply = heard.append
    engine.feed(data.encode())
    assert heard == [answer], why
    name = tmux.play(data.encode(), 20, 4)
    assert (tmux.directory / f"{name}.replies").read_bytes() != answer
    tmux.run("kill-session", "-t", name)


def test_an_aborted_string_sets_no_title() -> None:
    engine = Engine(20, 4)
    engine.feed(b"\x1b]2;abc\x18\x1b]2;def\x1b[m")
    assert engine.title == ""


def test_the_list_stays_short() -> None:
    assert len(DIFFERENCES) + len(ANSWERS) + len(RESIZED) + 1 <= 30
