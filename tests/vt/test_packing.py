import pytest
from hypothesis import given, strategies

from aimux.vt.attributes import TABLE, Attributes, Link
from aimux.vt.packing import dressed, pack, unpack
from aimux.vt.row import Row
from tests.vt.rows import any_rows, meaning


def packed(rows: list[Row]) -> bytes:
    return pack([row.text for row in rows], dressed(rows))


@given(strategies.lists(any_rows(), min_size=1, max_size=12))
def test_any_rows_come_back(rows: list[Row]) -> None:
    assert [meaning(row) for row in unpack(packed(rows))] == [meaning(row) for row in rows]


@given(strategies.lists(any_rows(), min_size=1, max_size=12))
def test_rows_outlive_a_sweep_that_frees_their_attributes(rows: list[Row]) -> None:
    before = [meaning(row) for row in rows]
    data = packed(rows)
    TABLE.sweep()
    for number in range(3):
        TABLE.intern(Attributes(foreground=0x1ABCDE0 + number))
    assert [meaning(row) for row in unpack(data)] == before


def test_a_row_of_many_looks_and_great_ids_comes_back() -> None:
    row = Row(1, "x" * 400)
    ids = [TABLE.intern(Attributes(foreground=0x1000000 + x)) for x in range(400)]
    assert max(ids) > 255
    row.looks = "".join(map(chr, ids))
    assert meaning(unpack(packed([row]))[0]) == meaning(row)


def test_plain_rows_take_little_more_than_their_text() -> None:
    rows = [Row(1, "hello") for _ in range(200)]
    assert dressed(rows) == []
    assert len(packed(rows)) < 200 * 6 + 20


def test_a_pack_that_is_not_what_it_says_is_noticed() -> None:
    with pytest.raises(AssertionError, match="2 rows in a pack of 3"):
        unpack(packed([Row(1, "a"), Row(1, "b"), Row(1, "c")]).replace(b"\n", b" ", 1))


def test_a_link_survives_the_sweep_that_its_own_look_sets_off() -> None:
    row = Row(1, "x")
    row.looks = chr(TABLE.intern(Attributes(link=TABLE.links.intern(Link("", "https://x/")))))
    data = packed([row])
    before = meaning(row)
    TABLE.sweep()
    limit, TABLE._sweep_at = TABLE._sweep_at, 0
    try:
        assert meaning(unpack(data)[0]) == before
    finally:
        TABLE._sweep_at = limit
