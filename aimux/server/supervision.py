"""The boundary that keeps an error in one pane or client from ending the server."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec

from aimux.errors import AimuxError

log = logging.getLogger(__name__)
Parameters = ParamSpec("Parameters")


async def supervised(name: str, work: Coroutine[Any, Any, None]) -> None:
    """Run `work` so that an error in it ends it alone."""
    try:
        await work
    except AimuxError as error:
        log.warning("%s ended: %s", name, error)
    except Exception:  # a bug of ours: it must not end everybody's programs
        log.exception("%s failed", name)


def guarded(
    name: str, action: Callable[Parameters, None], *, failed: Callable[[], None] | None = None
) -> Callable[Parameters, None]:
    """`action` for the event loop: an error in it is logged, and `failed` is called.

    The loop itself would log the error and go on calling; a callback that failed once must be able
    to take itself out.
    """

    @wraps(action)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            action(*args, **kwargs)
        except AimuxError as error:
            log.warning("%s: %s", name, error)
            if failed is not None:
                failed()
        except Exception:  # as above
            log.exception("%s failed", name)
            if failed is not None:
                failed()

    return run
