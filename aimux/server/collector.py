"""How the garbage collector is kept from stopping the server while somebody types.

A server of 100 panes holds some hundred thousand rows. They are in no cycles, so the collector has
nothing to find in them, but each full collection looks at all: 100 ms and more in which no key is
echoed. So what survives the younger generations is frozen, that is, not looked at again; reference
counts free it as ever. What a pause costs is then bounded by the thresholds alone.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 5_000
"""Objects more than before that make a collection of the new ones; about 1 ms."""
MIDDLE: Final = 4
"""Such collections that make one of all their survivors, after which those are frozen."""


def bound_pauses() -> None:
    """Set the thresholds, and freeze what there is and what gets old from now on."""
    gc.set_threshold(YOUNG, MIDDLE, 1)
    gc.freeze()
    gc.enable()
    if _freeze_survivors not in gc.callbacks:
        gc.callbacks.append(_freeze_survivors)


def _freeze_survivors(phase: str, information: dict[str, int]) -> None:
    if phase == "stop" and information["generation"] > 0:
        gc.freeze()


def collect_everything() -> None:
    """Look at what is frozen too, for cycles that died since; call when nobody is attached."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
