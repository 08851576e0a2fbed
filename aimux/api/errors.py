"""Why a verb failed: an exception class with a code for each kind."""

from __future__ import annotations

from collections.abc import Mapping

from aimux.errors import ApiError
from aimux.link.exchange import Answer


class UnreachableError(ApiError):
    """No server runs there, or it died."""

    code = "unreachable"


class NotFoundError(ApiError):
    """What a target names is not there."""

    code = "not-found"


class UnknownCommandError(ApiError):
    """The server has no such command: it is of another version."""

    code = "unknown-command"


class TimedOutError(ApiError):
    """The time that was given is over."""

    code = "timed-out"


class GoneError(ApiError):
    """The pane's program ended before what was waited for."""

    code = "gone"


class DeniedError(ApiError):
    """Who asks may not do that."""

    code = "denied"


class ConflictError(ApiError):
    """Somebody else was faster: a value has another version, a path is claimed."""

    code = "conflict"


class UnexpectedError(ApiError):
    """The answer cannot be read: the server is of another version."""

    code = "unexpected"


_BY_STATUS: Mapping[int, type[ApiError]] = {
    2: ConflictError,
    77: DeniedError,  # EX_NOPERM of sysexits.h
    124: TimedOutError,
    125: GoneError,
}
_BY_BEGINNING: Mapping[str, type[ApiError]] = {
    "can't find ": NotFoundError,
    "no current ": NotFoundError,
    "no such ": NotFoundError,
    "no key ": NotFoundError,
    "unknown command": UnknownCommandError,
}


def error_of(answer: Answer) -> ApiError:
    """The error of a command that failed."""
    text = (answer.error or answer.output).strip() or f"exit status {answer.status}"
    named = (kind for start, kind in _BY_BEGINNING.items() if text.startswith(start))
    kind = next(named, _BY_STATUS.get(answer.status, ApiError))
    return kind(text, status=answer.status)


def checked(answer: Answer) -> str:
    """What a command printed. Raises ApiError if it failed."""
    if answer.status:
        raise error_of(answer)
    return answer.output
