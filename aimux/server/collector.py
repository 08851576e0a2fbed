"""How the garbage collector is kept from stopping the server while somebody types.

A server of 100 panes holds some hundred thousand rows. They are in no cycles, so the collector has
nothing to find in them, but each full collection looks at all: 100 ms and more in which no key is
echoed. So the oldest generation is looked at only when nobody is attached, and what was imported
never; reference counts free everything as ever. What a pause costs is then bounded by the
thresholds alone.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 5_000
"""Objects more than before that make a collection of the new ones; about 1 ms."""
MIDDLE: Final = 4
"""Such collections that make one of all their survivors, which then are of the oldest."""
NEVER: Final = 1 << 30
"""Collections of those before one of the oldest."""


def bound_pauses() -> None:
    """Set the thresholds, and freeze what there is: it is not looked at again."""
    gc.set_threshold(YOUNG, MIDDLE, NEVER)
    gc.freeze()
    gc.enable()


def collect_everything() -> None:
    """Look at all that came since, for cycles that died; call when nobody is attached."""
    gc.collect()
