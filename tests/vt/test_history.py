import random

import pytest

from aimux.vt.engine import Engine
from aimux.vt.history import BLOCK_ROWS, History
from aimux.vt.render import row_text
from aimux.vt.row import Row


def rows(first: int, count: int) -> list[Row]:
    return [Row(1, str(number)) for number in range(first, first + count)]


def texts(history: History) -> list[str]:
    return [row.text for row in history]


def filled(count: int, limit: int = 10_000) -> History:
    history = History(limit, 20)
    history.extend(rows(0, count))
    return history


class Model:
    """The same as a history, as one list of texts."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.dropped = 0
        self.texts: list[str] = []

    def add(self, added: list[str]) -> None:
        self.texts += added
        self.cut()

    def cut(self) -> None:
        surplus = max(len(self.texts) - self.limit, 0)
        self.dropped += surplus
        del self.texts[:surplus]


class Both:
    """A history and its model; every step is taken by both."""

    def __init__(self, limit: int) -> None:
        self.history = History(limit, 20)
        self.model = Model(limit)
        self.next = 0

    def take(self, count: int) -> list[str]:
        self.next += count
        return [str(number) for number in range(self.next - count, self.next)]

    def append(self, count: int) -> None:
        for text in self.take(count):
            self.history.append(Row(1, text))
            self.model.add([text])

    def extend(self, count: int) -> None:
        added = self.take(count)
        self.history.extend([Row(1, text) for text in added])
        self.model.add(added)

    def extend_texts(self, count: int) -> None:
        added = self.take(count)
        self.history.extend_texts(added, 1)
        self.model.add(added)

    def pop(self, count: int) -> None:
        kept = max(len(self.model.texts) - count, 0)
        assert [row.text for row in self.history.pop(count)] == self.model.texts[kept:]
        del self.model.texts[kept:]

    def clear(self, _count: int) -> None:
        self.history.clear()
        self.model.dropped += len(self.model.texts)
        self.model.texts.clear()

    def set_limit(self, limit: int) -> None:
        self.history.limit = self.model.limit = limit
        self.model.cut()

    def compact(self, _count: int) -> None:
        self.history.compact()

    def widen(self, count: int) -> None:
        taken = self.history.rewrap(20 + count)
        self.history.extend(taken)

    def check(self) -> None:
        for index in {0, len(self.model.texts) // 2, max(len(self.model.texts) - 1, 0)}:
            assert self.history.line_of(index) == index
            assert self.history.row_of(index) == index
        assert len(self.history) == len(self.model.texts)
        assert texts(self.history) == self.model.texts
        assert self.history.dropped == self.model.dropped
        assert sum(self.history.length_counts().values()) == len(self.model.texts)


STEPS = ("append", "extend", "extend_texts", "pop", "set_limit", "compact", "widen", "clear")


@pytest.mark.parametrize("seed", range(12))
def test_it_is_a_list_that_forgets_its_start(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - steps that can be taken again
    both = Both(chance.choice([0, 1, 100, 300, 700, 5000]))
    for _ in range(60):
        step = chance.choices(STEPS, weights=(4, 4, 4, 4, 1, 1, 2, 0.3))[0]
        getattr(both, step)(chance.choice([0, 1, 3, 70, 250, 263, 264, 265, 500, 900]))
        both.check()


def test_rows_are_found_by_index_wherever_they_are() -> None:
    history = filled(1000, limit=900)
    assert [history[index].text for index in (0, 1, 450, 899, -1, -900)] == [
        *("100", "101", "550", "999", "999", "100")
    ]
    for index in (900, -901):
        with pytest.raises(IndexError):
            history[index]


def test_a_span_gives_its_rows_alone() -> None:
    history = filled(1000)
    for start, stop in ((0, 3), (198, 203), (190, 700), (930, 1000), (995, 2000), (7, 7), (9, 2)):
        found = [row.text for row in history.span(start, stop)]
        assert found == [str(n) for n in range(start, min(stop, 1000))]


def test_the_newest_row_is_the_object_that_was_added_or_its_equal_after_a_pop() -> None:
    history = filled(BLOCK_ROWS * 3)
    history.pop(90)
    history[-1].wrapped = True
    assert history[-1].wrapped


def test_a_line_of_several_rows_stays_in_one_block() -> None:
    history = History(10_000, 20)
    for number in range(300):
        for part in range(3):
            row = Row(1, f"{number}.{part}".ljust(20, "x"))
            row.wrapped = part < 2
            history.append(row)
    history.extend(history.rewrap(60))
    assert [len(row.text) for row in history.span(0, 250)] == [60] * 250


def test_a_line_without_an_end_is_kept_too() -> None:
    history = History(10_000, 20)
    for _ in range(1000):
        row = Row(1, "x" * 20)
        row.wrapped = True
        history.append(row)
    assert len(history) == 1000
    assert sum(len(row.text) for row in history) == 20_000


def test_a_copy_stays_as_it_is() -> None:
    history = filled(1000)
    copy = history.copy(limit=5000)
    history[-1].text = "changed"
    history.extend(rows(1000, 800))
    history.clear()
    assert texts(copy) == [str(number) for number in range(1000)]


def test_counting_lengths_reads_no_block(monkeypatch: pytest.MonkeyPatch) -> None:
    history = filled(2000)
    history.compact()
    monkeypatch.setattr("aimux.vt.blocks.unpack", None)
    assert history.length_counts() == {1: 10, 2: 90, 3: 900, 4: 1000}


def test_compacting_makes_old_rows_small_and_changes_nothing() -> None:
    history = filled(2000)
    before = sum(block.stored for block in history._blocks)
    history.compact()
    assert sum(block.stored for block in history._blocks) < before / 2
    assert texts(history) == [str(number) for number in range(2000)]


def test_a_flood_of_rows_that_are_kept_compresses_itself() -> None:
    history = History(100_000, 80)
    for number in range(20_000):
        history.append(Row(1, f"{number} {'words and ' * 6}"))
    assert history._staged <= 3 << 17
    assert sum(block.stored for block in history._blocks) < 550_000


def test_width_and_height_change_across_blocks() -> None:
    engine = Engine(40, 10, history_limit=5000)
    lines = [f"{number} {'abcdefghij' * (number % 9)}" for number in range(3000)]
    engine.feed("\r\n".join(lines).encode())
    for columns, height in ((17, 10), (100, 30), (8, 300), (40, 10)):
        engine.resize(rows=height, columns=columns)
        text, joined = "", []
        for row in [*engine.history, *engine.rows]:
            text += row_text(row)
            if not row.wrapped:
                joined.append(text)
                text = ""
        while joined and not joined[-1]:
            joined.pop()
        assert [line.rstrip() for line in lines[-100:]] == [line.rstrip() for line in joined[-100:]]
        assert len(engine.history) <= 5000


def test_lines_are_found_among_their_rows() -> None:
    history = History(1000, 20)
    for number in range(600):
        for part in range(number % 4 + 1):
            row = Row(1, f"{number}.{part}")
            row.wrapped = part < number % 4
            history.append(row)
    rows = list(history)
    starts = [0, *(n + 1 for n, row in enumerate(rows[:-1]) if not row.wrapped)]
    assert [history.row_of(line) for line in range(len(starts))] == starts
    assert [history.line_of(start) for start in starts] == list(range(len(starts)))
    assert history.row_of(len(starts) + 5) == len(history)


def test_an_endless_flood_of_lines_takes_no_more_than_the_limit() -> None:
    history = History(2_000, 80)
    for _ in range(200):
        history.extend_texts(["y"] * 1_365, 1)
    assert len(history) == 2_000
    assert sum(len(block.lengths) for block in history._blocks) < 2_000 + 2 * 1_365
