"""Which lines of a flood are read."""

from aimux.semantic.sampling import sampled


def test_a_short_run_is_read_whole() -> None:
    assert list(sampled(["a"] * 10, 10)) == list(range(10))


def test_of_a_long_run_head_and_tail_are_read() -> None:
    rows = list(sampled(["a"] * 1000, 100))
    assert rows == [*range(25), *range(950, 1000)]


def test_telling_lines_are_read_with_their_neighbours() -> None:
    lines = ["a"] * 1000
    lines[500] = "error: bad"
    rows = list(sampled(lines, 100))
    assert rows[25:-50] == [499, 500, 501, 502]


def test_a_flood_of_telling_lines_is_bounded_and_rises() -> None:
    rows = list(sampled(["error"] * 100_000, 2000))
    assert len(rows) == 2000
    assert rows == sorted(set(rows))
