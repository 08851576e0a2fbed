import pytest

from aimux.copymode.grid import Grid
from aimux.vt.engine import Engine


def long_screen() -> Engine:
    engine = Engine(20, 5, history_limit=10_000)
    engine.feed("\r\n".join(f"line {number} of many" for number in range(3000)).encode())
    engine.history.compact()
    return engine


def test_taking_the_rows_of_a_screen_unpacks_none(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = long_screen()
    monkeypatch.setattr("aimux.vt.blocks.unpack", None)
    grid = Grid.of_screen(engine)
    assert grid.above == 2995
    assert grid.text(2999, 0, 9) == "line 2999"


def test_what_is_fed_later_changes_no_row() -> None:
    engine = long_screen()
    grid = Grid.of_screen(engine)
    engine.feed(b"\x1b[2J\x1b[3J\x1b[Hnew")
    assert [grid.text(number, 0, 9).rstrip() for number in (0, 1500, 2999)] == [
        *("line 0 of", "line 1500", "line 2999")
    ]


def test_a_new_width_keeps_places() -> None:
    grid = Grid.of_screen(long_screen())
    position = grid.wrap_position(5, 1234)
    for columns in (7, 40, 20):
        grid.resize(columns=columns, lines=5)
        column, row = grid.unwrap_position(*position)
        assert grid.cell(column, row) == "1"
    assert (column, row) == (5, 1234)
