"""Which tmux aimux says that it is, when it is called `tmux`.

The server option tmux-version says it. Without a server $AIMUX_TMUX_VERSION does, which is also the
option's default in a server that is started with it.
"""

from __future__ import annotations

from aimux.errors import AimuxError
from aimux.link.connection import Connection
from aimux.link.framing import text_field
from aimux.link.request import run_request

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Environment = Mapping[str, str]

VARIABLE = "AIMUX_TMUX_VERSION"
DEFAULT = "3.3a"
QUESTION = ("show-options", "-sv", "tmux-version")
PATIENCE_SECONDS = 2.0
_DIGITS = frozenset("0123456789")
_CHARACTERS = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyz.-")


def tmux_version(path: Callable[[], str], environment: Environment) -> str:
    """The version that `tmux -V` prints: the running server's, else the environment's.

    Args:
        path: Gives the server's socket, or raises PathError. Nobody needs to listen there, and no
            server is started.
        environment: Where $AIMUX_TMUX_VERSION is looked up.
    """
    try:
        answer = _ask(path(), environment)
    except (OSError, AimuxError):
        answer = ""
    return answer or default_version(environment)


def default_version(environment: Environment) -> str:
    """What the option tmux-version is in a server with this environment."""
    wanted = environment.get(VARIABLE, "")
    is_version = set(wanted) <= _CHARACTERS and set(wanted) & _DIGITS
    return wanted if is_version else DEFAULT


def _ask(path: str, environment: Environment) -> str:
    """The server's answer, which is empty if it has none; a server that hangs is left alone."""
    connection = Connection(path, patience_seconds=PATIENCE_SECONDS)
    try:
        connection.send(run_request(QUESTION, environment, flags={}))
        reply = connection.receive() or {}
        return text_field(reply, "text").strip() if reply.get("type") == "output" else ""
    finally:
        connection.close()
