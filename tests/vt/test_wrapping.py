from hypothesis import given, strategies

from aimux.vt.row import Row
from aimux.vt.wrapping import count_rows, logical_lines, rewrapped
from tests.vt.rows import any_rows

texts = strategies.lists(
    strategies.sampled_from(["a", "bc ", "好\ufdd0", "─", " "]), max_size=30
).map("".join)


@given(strategies.lists(texts, min_size=1, max_size=6), strategies.integers(1, 40))
def test_rows_are_counted_as_they_are_wrapped(lines: list[str], columns: int) -> None:
    rows = [Row(1, line) for line in lines]
    for row in rows:
        row.clusters = {}
    assert count_rows("\n".join(lines), columns) == len(rewrapped(rows, columns))


@given(strategies.lists(any_rows(20), max_size=12), strategies.integers(2, 45))
def test_wrapping_anew_keeps_the_lines(rows: list[Row], columns: int) -> None:
    before = [sum(row.used for row in line) for line in logical_lines(rows)]
    again = rewrapped(rows, columns)
    assert [sum(row.used for row in line) for line in logical_lines(again)] == before


def test_a_row_that_fits_stays_the_same_object() -> None:
    row = Row(1, "fits")
    assert rewrapped([row], 10)[0] is row


def test_the_last_line_may_go_on_elsewhere() -> None:
    row = Row(1, "abcdef")
    row.wrapped = True
    again = rewrapped([row], 4)
    assert [(each.text, each.wrapped) for each in again] == [("abcd", True), ("ef", True)]
