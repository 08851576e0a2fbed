import gc
from collections.abc import Iterator

import pytest

from aimux.server import collector
from aimux.server.collector import YOUNG, bound_pauses, collect_everything


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def cycles() -> int:
    return sum(isinstance(each, Cycle) for each in gc.get_objects())


def test_what_is_there_is_not_looked_at_again() -> None:
    kept = Cycle()
    bound_pauses()
    assert cycles() == 0  # the collector no longer knows it
    assert kept.itself is kept


def test_what_survives_is_not_looked_at_while_it_grows() -> None:
    bound_pauses()
    before = gc.get_stats()[2]["collections"]
    kept = [[number] for number in range(YOUNG * (collector.MIDDLE + 2) * 4)]
    assert gc.get_stats()[1]["collections"] > 0
    assert gc.get_stats()[2]["collections"] == before
    assert kept


def test_a_dead_cycle_that_got_old_goes_when_everything_is_collected() -> None:
    bound_pauses()
    kept = Cycle()
    gc.collect(1)
    assert [one for one in gc.get_objects(generation=2) if isinstance(one, Cycle)] == [kept]
    del kept
    gc.collect(1)
    assert cycles() == 1
    collect_everything()
    assert cycles() == 0


def test_the_collector_runs_after_imports_without_it() -> None:
    gc.disable()
    bound_pauses()
    assert gc.isenabled()
