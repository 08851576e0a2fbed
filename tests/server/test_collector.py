import gc
from collections.abc import Iterator

import pytest

from aimux.server import collector
from aimux.server.collector import YOUNG, bound_pauses, collect_everything


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds, callbacks = gc.get_threshold(), gc.callbacks[:]
    yield
    gc.set_threshold(*thresholds)
    gc.callbacks[:] = callbacks
    gc.unfreeze()


class Cycle:
    def __init__(self) -> None:
        self.itself = self


def cycles() -> int:
    return sum(isinstance(each, Cycle) for each in gc.get_objects())


def test_what_survives_is_not_looked_at_again() -> None:
    bound_pauses()
    before = gc.get_freeze_count()
    kept = [[number] for number in range(YOUNG * (collector.MIDDLE + 4))]
    assert gc.get_freeze_count() > before + YOUNG
    assert kept


def test_a_dead_cycle_that_was_frozen_goes_when_everything_is_collected() -> None:
    bound_pauses()
    Cycle()
    gc.freeze()
    gc.collect()
    gc.unfreeze()
    assert cycles() == 1
    gc.freeze()
    collect_everything()
    gc.unfreeze()
    assert cycles() == 0


def test_the_callback_is_set_once() -> None:
    bound_pauses()
    count = len(gc.callbacks)
    bound_pauses()
    assert len(gc.callbacks) == count


def test_the_collector_runs_after_imports_without_it() -> None:
    gc.disable()
    bound_pauses()
    assert gc.isenabled()
