"""aimux for Python programs: `Client` and `AsyncClient`, with the verbs of the command line, typed.

See docs/api.md.
"""

from aimux.api.async_client import AsyncClient
from aimux.api.client import Client
from aimux.api.errors import (
    DeniedError,
    GoneError,
    NotFoundError,
    TimedOutError,
    UnexpectedError,
    UnknownCommandError,
    UnreachableError,
)
from aimux.api.records import Pane, Problem, Ran, Result, Session, Window
from aimux.errors import ApiError

__all__ = [
    "ApiError", "AsyncClient", "Client", "DeniedError", "GoneError", "NotFoundError", "Pane",
    "Problem", "Ran", "Result", "Session", "TimedOutError", "UnexpectedError",
    "UnknownCommandError", "UnreachableError", "Window",
]  # fmt: skip
