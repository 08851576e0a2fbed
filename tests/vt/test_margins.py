"""DECLRMM and DECSLRM, as xterm does them (ctlseqs; DEC STD 070)."""

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from aimux.vt.row import DEFAULT_LOOK

ROWS = b"abcdefgh\r\nijklmnop\r\nqrstuvwx\r\nyzABCDEF"
# Margins at the third and the sixth of eight columns.
SET = b"\x1b[?69h\x1b[3;6s"


def shown(data: bytes) -> list[str]:
    engine = Engine(8, 4)
    engine.feed(data)
    return [row_text(row).rstrip() for row in engine.rows]


def cursor(data: bytes) -> tuple[int, int]:
    engine = Engine(8, 4)
    engine.feed(data)
    return engine.x, engine.y


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        (b"\x1b[1;3HABCDEFG", ["abABCDgh", "ijEFGnop", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[1;7HXYZ", ["abcdefXY", "ijZlmnop", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[S", ["abklmngh", "ijstuvop", "qrABCDwx", "yz    EF"]),
        (b"\x1b[2T", ["ab    gh", "ij    op", "qrcdefwx", "yzklmnEF"]),
        (b"\x1b[2;3H\x1b[L", ["abcdefgh", "ij    op", "qrklmnwx", "yzstuvEF"]),
        (b"\x1b[2;3H\x1b[M", ["abcdefgh", "ijstuvop", "qrABCDwx", "yz    EF"]),
        (b"\x1b[2;1H\x1b[L\x1b[M", ROWS.decode().split("\r\n")),
        (b"\x1b[2;4H\x1b[2@", ["abcdefgh", "ijk  lop", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[2;4H\x1b[2P", ["abcdefgh", "ijkn  op", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[2;7H\x1b[2P\x1b[2@", ROWS.decode().split("\r\n")),
        (b"\x1b[4;4H\x1b[4hX\n", ["abklmngh", "ijstuvop", "qrAXBCwx", "yz    EF"]),
        (b"\x1b[4;7H\n", ROWS.decode().split("\r\n")),
        (b"\x1b[4;3H\n", ["abklmngh", "ijstuvop", "qrABCDwx", "yz    EF"]),
        (b"\x1b[1;4H\x1bM", ["ab    gh", "ijcdefop", "qrklmnwx", "yzstuvEF"]),
        (b"\x1b[1;1H\x1bM", ROWS.decode().split("\r\n")),
        (b"\x1b[1;4H\x1b[K", ["abc", "ijklmnop", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[1;4HX\x1b[20b", ["abcXXXgh", "ijklmnop", "qrstuvwx", "yzABCDEF"]),
        (b"\x1b[?7l\x1b[1;4HXYZWVU", ["abcXYUgh", "ijklmnop", "qrstuvwx", "yzABCDEF"]),
        ("\x1b[1;5H好好".encode(), ["abcd好gh", "ij好mnop", "qrstuvwx", "yzABCDEF"]),
        ("\x1b[1;6H好".encode(), ["abcdefgh", "ij好mnop", "qrstuvwx", "yzABCDEF"]),
        ("\x1b[1;6He\u0301X".encode(), ["abcdee\u0301gh", "ijXlmnop", "qrstuvwx", "yzABCDEF"]),
        ("\x1b[2;2H好\x1b[S".encode(), ["ab lmngh", "i stuvop", "qrABCDwx", "yz    EF"]),
    ],
)
def test_only_what_is_between_the_margins_moves(data, rows) -> None:
    assert shown(ROWS + SET + data) == rows


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"\x1b[2;5H\r", (2, 1)),
        (b"\x1b[2;2H\r", (0, 1)),
        (b"\x1b[2;5H\x1b[9D", (2, 1)),
        (b"\x1b[2;2H\x1b[9D", (0, 1)),
        (b"\x1b[2;5H\x1b[9C", (5, 1)),
        (b"\x1b[2;7H\x1b[9C", (7, 1)),
        (b"\x1b[2;4H\b\b\b", (2, 1)),
        (b"\x1b[2;4H\t", (5, 1)),
        (b"\x1b[2;4H\x1b[E", (2, 2)),
        (b"\x1b[2;4H\x1b[F", (2, 0)),
        (b"\x1b[2;4H\x1bE", (2, 2)),
        (b"\x1b[2;4H\x1b[8G", (7, 1)),
        (b"\x1b[?6h\x1b[1;1H", (2, 0)),
        (b"\x1b[?6h\x1b[2;9H", (5, 1)),
        (b"\x1b[?6h\x1b[2;2H\x1b[9G", (5, 1)),
        (b"\x1b[4;4H\x1b[3;6s", (0, 0)),
        (b"\x1b[4;4H\x1b[?6h\x1b[3;6s", (2, 0)),
        (b"\x1b[2;3Habcd\x1b[2;7HX", (7, 1)),
        (b"\x1b[2;3Habcd\x1b[2;6HX", (5, 1)),
    ],
)
def test_the_cursor_keeps_between_the_margins(data, place) -> None:
    assert cursor(SET + data) == place


@pytest.mark.parametrize(
    "data", [b"\x1b[5;5s", b"\x1b[6;3s", b"\x1b[20;30s", b"\x1b[s", b"\x1b[;9s"]
)
def test_margins_that_are_none_are_the_whole_width_or_refused(data) -> None:
    engine = Engine(8, 4)
    engine.feed(b"\x1b[?69h" + data)
    assert not engine.margined
    assert (engine.left, engine.right) == (0, 8)


@pytest.mark.parametrize(
    "data", [b"\x1b[?69l", b"\x1b[!p", b"\x1bc", b"\x1b#8", b"\x1b[?3h", b"\x1b[s"]
)
def test_margins_end(data) -> None:
    engine = Engine(8, 4)
    engine.feed(SET + data)
    assert not engine.margined
    assert not engine.special


def test_a_new_size_ends_the_margins() -> None:
    engine = Engine(8, 4)
    engine.feed(SET)
    engine.resize(rows=4, columns=5)
    assert (engine.left, engine.right, engine.margined) == (0, 5, False)


def test_without_the_mode_csi_s_saves_the_cursor() -> None:
    assert cursor(b"\x1b[2;4H\x1b[s\x1b[H\x1b[u") == (3, 1)


def test_nothing_between_margins_goes_to_the_history() -> None:
    engine = Engine(8, 4)
    engine.feed(SET + b"a\r\n" * 9)
    assert len(engine.history) == 0


def test_origin_mode_counts_from_the_margins_in_reports() -> None:
    engine = Engine(8, 4)
    heard: list[bytes] = []
    engine.on_reply = heard.append
    engine.feed(SET + b"\x1b[2;4r\x1b[?6h\x1b[2;2H\x1b[6n\x1bP$qs\x1b\\\x1b[?69$p")
    assert heard == [b"\x1b[2;2R", b"\x1bP1$r3;6s\x1b\\", b"\x1b[?69;1$y"]


def test_colour_moves_with_its_cells_and_erased_ones_take_the_background() -> None:
    engine = Engine(8, 4)
    engine.feed(b"ab\x1b[31mcdef\x1b[mgh" + SET + b"\x1b[1;3H\x1b[44m\x1b[@")
    row = engine.rows[0]
    assert row_text(row) == "ab cdegh"
    assert row.looks is not None
    blue, red = row.looks[2], row.looks[3]
    assert (
        row.looks
        == f"{DEFAULT_LOOK}{DEFAULT_LOOK}{blue}{red}{red}{red}{DEFAULT_LOOK}{DEFAULT_LOOK}"
    )
    assert blue not in {DEFAULT_LOOK, red}
