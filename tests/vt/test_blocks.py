import gc

import pytest
from hypothesis import given, strategies

from aimux.vt.attributes import TABLE, Attributes
from aimux.vt.block_cache import CACHE, Cache
from aimux.vt.blocks import Block
from aimux.vt.row import Row
from tests.vt.rows import any_rows, meaning

COLUMNS = 20


def block_of(texts: list[str], columns: int = COLUMNS) -> Block:
    return Block([Row(1, text) for text in texts], columns)


@given(strategies.lists(any_rows(COLUMNS), min_size=1, max_size=12), strategies.integers(1, 45))
def test_the_rows_of_any_width_are_counted_without_wrapping_them(
    rows: list[Row], columns: int
) -> None:
    block = Block(rows, COLUMNS)
    assert len(block.unpacked(columns)) == block.count(columns)
    assert all(len(row.text) <= columns for row in block.unpacked(columns))


@given(strategies.lists(any_rows(COLUMNS), min_size=1, max_size=12), strategies.booleans())
def test_rows_are_the_same_at_their_own_width(rows: list[Row], compressed: bool) -> None:
    block = Block(rows, COLUMNS)
    if compressed:
        block.compress()
    assert [meaning(row) for row in block.unpacked(COLUMNS)] == [meaning(row) for row in rows]


def test_texts_are_rows_too() -> None:
    block = Block([Row(1, "a")], COLUMNS, ["b", ""])
    assert [row.text for row in block.unpacked(COLUMNS)] == ["a", "b", ""]


def test_a_line_is_joined_at_a_greater_width() -> None:
    rows = [Row(1, "x" * 20), Row(1, "y" * 5)]
    rows[0].wrapped = True
    block = Block(rows, COLUMNS)
    assert [row.text for row in block.unpacked(30)] == ["x" * 20 + "y" * 5]
    assert list(block.lengths) == [25]


def test_old_log_lines_take_less_than_forty_bytes() -> None:
    block = block_of(
        [f"2025-11-22T12:{n % 60:02}:07Z GET /item/{n * 7919}" for n in range(200)], 80
    )
    block.compress()
    assert block.stored + len(block.lengths) * block.lengths.itemsize < 40 * 200


def test_a_frame_of_another_length_is_refused() -> None:
    block = block_of(["a"] * 50)
    block.compress()
    block.size += 1
    with pytest.raises(AssertionError, match="frame"):
        block.unpacked(COLUMNS)


def test_the_collector_has_two_objects_to_look_at_for_a_block_of_rows() -> None:
    block = block_of(["text"] * 200)
    tracked = [each for each in gc.get_referents(block) if gc.is_tracked(each)]
    assert [each for each in tracked if each is not Block] == [block.lengths]


def test_rows_of_the_blocks_read_last_are_the_same_objects() -> None:
    cache = Cache(limit=2)
    blocks = [block_of([str(number)]) for number in range(3)]
    first = cache.rows(blocks[0], COLUMNS)
    cache.rows(blocks[1], COLUMNS)
    assert cache.rows(blocks[0], COLUMNS) is first
    cache.rows(blocks[2], COLUMNS)
    assert cache.rows(blocks[0], COLUMNS) is first
    assert cache.rows(blocks[1], COLUMNS)[0].text == "1"


def test_the_looks_of_rows_that_were_just_read_survive_a_sweep() -> None:
    row = Row(1, "x")
    row.looks = chr(TABLE.intern(Attributes(foreground=0x1777777)))
    block = Block([row], COLUMNS)
    read = CACHE.rows(block, COLUMNS)[0]
    TABLE.sweep()
    assert read.looks is not None
    assert TABLE[ord(read.looks[0])].foreground == 0x1777777
