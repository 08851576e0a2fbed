"""The verbs for sessions, windows, panes and what runs in them, as requests.

`Client` performs them at once, `AsyncClient` when they are awaited.
"""

from __future__ import annotations

from collections.abc import Mapping

from aimux.api.errors import error_of
from aimux.api.records import Pane, Ran, Session, Window
from aimux.api.request import (
    Request,
    Target,
    at,
    decoded,
    json_of,
    nothing,
    option,
    row_of,
    rows_of,
    text,
    words,
)
from aimux.link.exchange import Answer
from aimux.link.listings import AGENT, PANES, SESSIONS, WINDOWS, template


def command(*argv: str) -> Request[str]:
    """Any command of `aimux list-commands`: what it printed."""
    return Request(words(argv), text)


# ---- what there is ----


def sessions() -> Request[list[Session]]:
    """All sessions."""
    return Request(words("list-sessions", "-F", template(SESSIONS)), rows_of(Session, SESSIONS))


def windows(session: Target | None = None) -> Request[list[Window]]:
    """The windows of a session, or of all."""
    where = ["-a"] if session is None else at("-t", session)
    asked = words("list-windows", where, "-F", template(WINDOWS))
    return Request(asked, rows_of(Window, WINDOWS))


def panes(window: Target | None = None) -> Request[list[Pane]]:
    """The panes of a window, or of all."""
    where = ["-a"] if window is None else at("-t", window)
    asked = words("list-panes", where, "-F", template(PANES))
    return Request(asked, rows_of(Pane, PANES))


def agents() -> Request[list[Pane]]:
    """The panes with an agent in them."""
    asked = words("list-panes", "-a", "-f", AGENT, "-F", template(PANES))
    return Request(asked, rows_of(Pane, PANES))


# ---- making and ending ----


def new_session(
    name: str | None = None,
    *,
    run: str | None = None,
    path: str | None = None,
    columns: int | None = None,
    rows: int | None = None,
    environment: Mapping[str, str] | None = None,
) -> Request[Session]:
    """A new session that no client shows; a server is started where none runs.

    Args:
        name: A number by default.
        run: A command line for its first pane; a shell by default.
        path: Where it begins; this process's directory by default.
        columns: The width of its window while no client shows it.
        rows: The height.
        environment: Variables for it, above the server's.
    """
    variables = (f"{key}={value}" for key, value in (environment or {}).items())
    asked = words(
        ("new-session", "-d", "-P", "-F", template(SESSIONS)),
        *(option("-s", name), option("-c", path), option("-x", columns), option("-y", rows)),
        *(("-e", variable) for variable in variables),
        () if run is None else ("--", run),
    )
    return Request(asked, row_of(Session, SESSIONS), may_start=True)


def split_window(
    target: Target, *, run: str | None = None, path: str | None = None, beside: bool = False
) -> Request[Pane]:
    """A new pane below another, or beside it."""
    asked = words(
        ("split-window", "-d", "-P", "-F", template(PANES)),
        *(at("-t", target), option("-h", beside), option("-c", path)),
        () if run is None else ("--", run),
    )
    return Request(asked, row_of(Pane, PANES))


def kill_session(session: Target) -> Request[None]:
    """End a session and all that runs in it."""
    return Request(words("kill-session", at("-t", session)), nothing)


def kill_pane(pane: Target) -> Request[None]:
    """End a pane and what runs in it."""
    return Request(words("kill-pane", at("-t", pane)), nothing)


# ---- what runs ----


def send_keys(pane: Target, *keys: str, literally: bool = False) -> Request[None]:
    """Type into a pane: names of keys (`Enter`, `C-c`) and text; only text if `literally`."""
    asked = words("send-keys", at("-t", pane), option("-l", literally), "--", keys)
    return Request(asked, nothing)


def run(
    line: str, *, pane: Target | None = None, timeout_seconds: float | None = None
) -> Request[Ran]:
    """Run a line of the shell and wait for its end: in a window of its own, or typed into a pane.

    However it ends, it gives what ran. Raises TimedOutError, and ApiError if it cannot be run.
    """
    limit = option("--timeout", timeout_seconds)
    asked = words("exec", "--json", limit, at("-t", pane), "--", line)
    return Request(asked, _ran, may_start=True)


def _ran(answer: Answer) -> Ran:
    if not answer.output.strip():
        raise error_of(answer)
    return decoded(answer.output, Ran)


def results(pane: Target, *, failed: bool = False, kind: str | None = None) -> Request[list[Ran]]:
    """What the newest commands of a pane said, oldest first."""
    asked = words(
        "results", "--json", at("-t", pane), option("--failed", failed), option("--kind", kind)
    )
    return Request(asked, json_of(list[Ran]))


def read(
    pane: Target, *, tokens: int | None = None, since: int | None = None, full: bool = False
) -> Request[str]:
    """What the commands of a pane printed, compressed to a number of tokens unless `full`.

    Args:
        pane: Where.
        tokens: At most so many, as `aimux read` counts them.
        since: From the command with this id on.
        full: All of it.
    """
    asked = words(
        *("read", at("-t", pane), option("--tokens", tokens), option("--since", since)),
        option("--full", full),
    )
    return Request(asked, text)


def screen(pane: Target) -> Request[str]:
    """The text on a pane's screen."""
    return Request(words("capture-pane", "-p", at("-t", pane)), text)


# ---- waiting ----


def wait_for_text(pane: Target, pattern: str, *, timeout_seconds: float) -> Request[None]:
    """Wait until a POSIX regular expression fits a line that is on the screen or is printed.

    Raises TimedOutError or GoneError, as the next ones do.
    """
    return Request(_until(pane, "--text", pattern, timeout_seconds), nothing)


def wait_for_silence(pane: Target, seconds: float, *, timeout_seconds: float) -> Request[None]:
    """Wait until a pane has printed nothing for so long."""
    return Request(_until(pane, "--idle", str(seconds), timeout_seconds), nothing)


def wait_for_result(pane: Target, status: str, *, timeout_seconds: float) -> Request[None]:
    """Wait until a command ends with that status: ok, warn, fail, info or unknown."""
    return Request(_until(pane, "--result", status, timeout_seconds), nothing)


def wait_for_state(pane: Target, state: str, *, timeout_seconds: float) -> Request[None]:
    """Wait until the agent in a pane is in that state."""
    return Request(_until(pane, "--state", state, timeout_seconds), nothing)


def _until(pane: Target, flag: str, value: str, timeout_seconds: float) -> tuple[str, ...]:
    return words("until", at("-t", pane), "--timeout", str(timeout_seconds), flag, value)
