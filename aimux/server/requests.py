"""What a one-shot command tells of itself, as a client's record."""

from __future__ import annotations

from collections.abc import Mapping

from aimux.errors import ProtocolError
from aimux.ids import PaneId
from aimux.link.framing import number_field, text_field
from aimux.model.client import Client
from aimux.model.control import Control
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.security.clean import clean
from aimux.server.versions import speaks, version_mismatch

MAX_COLUMNS = 1000
MAX_ROWS = 500
NEW_SESSION = ["new-session"]

Fields = Mapping[str, object]


def words_of(request: Fields) -> list[str]:
    """The command's words; none means a new session. Raises ProtocolError."""
    words = request.get("argv")
    if not isinstance(words, list):
        raise ProtocolError("no words")
    return [_encodable(word) for word in words] or NEW_SESSION


def _encodable(value: object) -> str:
    """Text that can be given to a program. Raises ProtocolError."""
    text = str(value)
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError as error:
        raise ProtocolError(f"bad text: {error.reason}") from error
    if "\0" in text:
        raise ProtocolError("bad text: a null character")
    return text


def client_of(request: Fields, state: State, *, now: float) -> Client:
    """The client that a request comes from; it shows no session yet."""
    terminal = _fields(request, "terminal")
    pid = number_field(request, "pid")
    environment = _fields(request, "environment")
    flags = _fields(request, "flags")
    as_tmux = bool(flags.get("tmux"))
    control = _control(request)
    # A control client says itself how large it is (refresh-client -C).
    screen = terminal if control is None else {}
    columns = max(1, min(MAX_COLUMNS, number_field(screen, "columns") or 80))
    return Client(
        id=state.new_client_id(),
        name=text_field(terminal, "tty") or f"client-{pid}",
        pid=pid,
        created=now,
        activity=now,
        terminal=bool(terminal),
        refusal=_refusal(request, terminal) if control is None else "",
        term=text_field(terminal, "term") or text_field(environment, "TERM"),
        columns=columns,
        rows=max(1, min(MAX_ROWS, number_field(screen, "rows") or 24)),
        sidebar_columns=0 if as_tmux or control else sidebar_columns(state, columns),
        told_depth=number_field(terminal, "depth") or 16,
        named_features=text_field(flags, "features"),
        utf8=bool(flags.get("utf8")),
        path=_encodable(text_field(request, "cwd")),
        read_only=bool(flags.get("read_only")),
        as_tmux=as_tmux,
        environment={_encodable(name): _encodable(value) for name, value in environment.items()},
        control=control,
    )


def _control(request: Fields) -> Control | None:
    """The control mode that `-C` asks for; what `-CC` adds is the client's process's."""
    return Control() if number_field(_fields(request, "flags"), "control") > 0 else None


def _refusal(request: Fields, terminal: Fields) -> str:
    """Why a client cannot be attached: any version may run commands, and only ours can show."""
    if not terminal:
        return "open terminal failed: not a terminal"
    spoken = request.get("protocol")
    if isinstance(spoken, list) and len(spoken) == 2 and speaks(spoken[0], spoken[1]):
        return ""
    version = clean(text_field(request, "version"), limit=40)
    return version_mismatch(version)


def _fields(request: Fields, name: str) -> Fields:
    value = request.get(name)
    return value if isinstance(value, dict) else {}


def sidebar_columns(state: State, columns: int) -> int:
    """What a client of that width takes for its sidebar when it comes."""
    options = state.session_options
    if options.text("sidebar") == "off" or columns < options.number("sidebar-minimum"):
        return 0
    return options.number("sidebar-width")


def pane_of(client: Client, state: State) -> Pane | None:
    """The pane that a command was typed in (`$AIMUX_PANE`), if it still lives.

    A program that goes by the name of tmux goes by $TMUX_PANE first.
    """
    names = ("TMUX_PANE", "AIMUX_PANE") if client.as_tmux else ("AIMUX_PANE",)
    text = next(filter(None, map(client.environment.get, names)), "").removeprefix("%")
    return state.panes.get(PaneId(int(text))) if text.isdigit() else None
