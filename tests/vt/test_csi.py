from aimux.vt.engine import Engine
from aimux.vt.render import row_text


def shown(data: bytes) -> list[str]:
    engine = Engine(10, 3)
    engine.feed(data)
    return [row_text(row).rstrip() for row in engine.rows]


def test_protected_cells_survive_a_selective_erase() -> None:
    text = b'ab\x1b[1"qCD\x1b[0"qef\r\nxy'
    assert shown(text + b"\x1b[?2J") == ["  CD", "", ""]
    assert shown(text + b"\x1b[1;4H\x1b[?1K") == ["  CDef", "xy", ""]
    assert shown(text + b"\x1b[1;1H\x1b[?J") == ["  CD", "", ""]


def test_protected_cells_do_not_survive_an_ordinary_erase() -> None:
    assert shown(b'\x1b[1"qCD\x1b[1;1H\x1b[2K') == ["", "", ""]


def test_a_rendition_reset_keeps_protection() -> None:
    assert shown(b'\x1b[1"q\x1b[mCD\x1b[?2K') == ["CD", "", ""]


def test_tabs_go_forward_and_back() -> None:
    assert shown(b"a\tb\x1b[2Zc") == ["c       b", "", ""]


def test_the_scroll_region_bounds_scrolling() -> None:
    assert shown(b"1\r\n2\r\n3\x1b[2;3r\x1b[S") == ["1", "3", ""]
    assert shown(b"1\r\n2\r\n3\x1b[1;2r\x1b[T") == ["", "1", "3"]


def test_rep_repeats_what_stands_right_before_it_however_the_bytes_are_cut() -> None:
    for data, row in (
        (b"ab\x1b[2bc", "abbbc"),
        (b"ab\x1b[2b\x1b[2bc", "abbbc"),
        (b"ab\x1b[m\x1b[2bc", "abc"),
        (b"ab\r\n\x1b[2bc", "ab"),
    ):
        engine = Engine(10, 3)
        for byte in data:
            engine.feed(bytes((byte,)))
        assert row_text(engine.rows[0]) == row
        assert shown(data)[0] == row
