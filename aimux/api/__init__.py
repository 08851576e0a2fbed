"""aimux for Python programs: `Client` and `AsyncClient`, with the verbs of the command line, typed.

See docs/api.md.
"""

from aimux.api.async_client import AsyncClient
from aimux.api.client import Client
from aimux.api.errors import (
    ConflictError,
    DeniedError,
    GoneError,
    NotFoundError,
    TimedOutError,
    UnexpectedError,
    UnknownCommandError,
    UnreachableError,
)
from aimux.api.exchange_records import Change, Claim, Decision, Message, Note, Shared, Task
from aimux.api.records import Pane, Problem, Ran, Result, Session, Window
from aimux.errors import ApiError

__all__ = [
    "ApiError", "AsyncClient", "Change", "Claim", "Client", "ConflictError", "Decision",
    "DeniedError", "GoneError", "Message", "NotFoundError", "Note", "Pane",
    "Problem", "Ran", "Result", "Session", "Shared", "Task", "TimedOutError", "UnexpectedError",
    "UnknownCommandError", "UnreachableError", "Window",
]  # fmt: skip
