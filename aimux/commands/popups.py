"""Popups: programs on a terminal of their own over a client's screen."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from aimux.commands.command import Aim, Call, Command
from aimux.commands.display import show_message
from aimux.commands.effects import Program
from aimux.commands.formats import expand
from aimux.commands.host import host_name
from aimux.commands.numbers import share
from aimux.commands.overlay_places import place
from aimux.commands.spawn import (
    Start,
    child_environment,
    default_shell,
    environment_of,
    words_of,
)
from aimux.commands.telling import select_pane, tell_layout, unzoom
from aimux.errors import CommandError, OptionError
from aimux.ids import PaneId
from aimux.keys.encode import encode_paste
from aimux.model.client import Client
from aimux.model.layout_cell import Box, Direction
from aimux.model.options import Options
from aimux.model.pane import Pane
from aimux.model.popup import Closing, Popup, PopupActions
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window
from aimux.styles.box_lines import BOX_LINES
from aimux.styles.style import PLAIN, Style, parse_style
from aimux.vt.engine import Engine

NO_LINES = "none"
SHELL = "/bin/sh"  # tmux runs a popup's command by it, whatever default-shell says


def display_popup(call: Call) -> None:
    """display-popup [-BCEkN] [-b lines] [-c client] [-d dir] [-e env] [-h height] [-s style] ...

    As in tmux 3.7 it changes a popup that is open: its title, look, and what closes it. -N leaves
    out of that what closed it before.
    """
    client, arguments = call.the_client("c"), call.arguments
    window = call.the_window()
    if arguments.has("C"):
        client.close_overlay()
        return
    if call.is_later and isinstance(client.overlay, Popup):
        _change(call, client, window, client.overlay)
        return
    if client.overlay is not None:
        return
    rows = _size(call, "h", "height", client.rows)
    columns = _size(call, "w", "width", client.window_columns)
    at = place(call, client, columns=columns, rows=rows)
    lines = _lines(call, window)
    border = 0 if lines == NO_LINES else 1
    if at is None or min(columns, rows) < 1 + 2 * border:
        return
    style = _style(call, window, "popup-style", arguments.get("s"))
    inside = {"columns": columns - 2 * border, "rows": rows - 2 * border}
    pane = popup_screen(call.state, window.options, **inside)
    actions = _Actions(call, client, pane)
    popup = Popup(
        pane=pane,
        box=Box(*at, columns, rows),
        columns=client.window_columns,
        rows=client.rows,
        actions=actions.actions,
        closing=_closing(call),
        any_key=arguments.has("k"),
        lines=lines,
        title=_title(call, client),
        style=style,
        border_style=_style(call, window, "popup-border-style", arguments.get("S")),
    )
    _run(call, client, popup)
    actions.hold_queue()
    client.overlay = popup


def _change(call: Call, client: Client, window: Window, popup: Popup) -> None:
    """Do to an open popup what the flags say; those of place, size and program mean nothing."""
    arguments = call.arguments
    popup.title = _title(call, client)
    if arguments.has("s"):
        popup.style = _style(call, window, "popup-style", arguments.get("s"))
    if arguments.has("S"):
        popup.border_style = _style(call, window, "popup-border-style", arguments.get("S"))
    if arguments.has("B") or arguments.has("b"):
        popup.set_lines(_lines(call, window))
    if any(arguments.has(flag) for flag in "NEk"):
        popup.closing, popup.any_key = _closing(call), arguments.has("k")


def _size(call: Call, flag: str, what: str, whole: int) -> int:
    """How many cells a flag asks for: all of them at most, half of them without it."""
    given = call.arguments.get(flag)
    if given is None:
        return whole // 2
    cells = share(given, what, whole=whole)
    if not 1 <= cells <= whole:
        raise CommandError(f"{what} too {'small' if cells < 1 else 'large'}")
    return cells


def _lines(call: Call, window: Window) -> str:
    if call.arguments.has("B"):
        return NO_LINES
    given = call.arguments.get("b")
    if given is None:
        return window.options.text("popup-border-lines")
    if given not in BOX_LINES and given != NO_LINES:
        raise CommandError(f"popup-border-lines unknown value: {given}")
    return given


def _style(call: Call, window: Window, option: str, given: str | None) -> Style:
    """The colours of an option, and of a flag over it."""
    texts = (window.options.text(option), given or "")
    return popup_style(*(call.expand(text) if "#{" in text else text for text in texts))


def popup_style(*texts: str) -> Style:
    """The colours of styles, the later over the earlier; attributes are not for popups."""
    colours = PLAIN
    for text in texts:
        try:
            found = parse_style(text, PLAIN, colours)
        except OptionError:
            continue
        colours = Style(fg=found.fg, bg=found.bg)
    return colours


def _closing(call: Call) -> Closing:
    count = min(2, call.arguments.count("E"))
    return (Closing.BY_KEY, Closing.AT_EXIT, Closing.AT_SUCCESS)[count]


def _title(call: Call, client: Client) -> str:
    context = call.context()
    context.client, context.drawn = client, True
    return expand(call.arguments.get("T") or "", context)


# ---- the program ----


def popup_screen(state: State, options: Options, *, columns: int, rows: int) -> Pane:
    """A screen in no window; its options inherit from a window's."""
    return Pane(
        id=state.new_popup_id(),
        screen=Engine(columns, rows, history_limit=0),
        options=Options(options),
        title=host_name(),
        nonce=secrets.token_hex(8),
    )


def _program(call: Call, pane: Pane) -> Program:
    session = call.the_session()
    shell = default_shell(session)
    words = words_of(call.arguments.positional)
    if not words and session.options.text("default-command"):
        words = (session.options.text("default-command"),)
    start = Start(words, _directory(call, session), environment_of(call))
    environment = child_environment(call.state, session, pane, start, shell)
    for name in ("AIMUX_PANE", "TMUX_PANE"):
        environment.pop(name, None)
    return Program(
        argv=words or (shell,),
        shell=SHELL,
        path=start.path,
        environment=environment,
        integrate=False,
        direct=len(words) != 1,
        may_be_missing=call.as_tmux,
    )


def _directory(call: Call, session: Session) -> str:
    given = call.arguments.get("d")
    return call.expand(given) if given is not None else session.path


def _run(call: Call, client: Client, popup: Popup) -> None:
    """Start the program. Raises SpawnError."""
    pane = popup.pane
    program = _program(call, pane)
    pane.argv, pane.start_path = program.argv, program.path

    def exited(status: int) -> None:
        if popup.exited(status) and client.overlay is popup:
            client.close_overlay()

    call.effects.run_popup(pane, program, ended=exited)


def _nothing() -> None:
    """What a queue that is not held back is let go by."""


class _Actions:
    """What a popup asks of the server."""

    def __init__(self, call: Call, client: Client, pane: Pane) -> None:
        self._call = call
        self._client = client
        self._pane = pane
        self._release: Callable[[], None] = _nothing

    def hold_queue(self) -> None:
        """Hold the queue back until the popup is closed."""
        self._release = self._call.queue.wait()

    @property
    def actions(self) -> PopupActions:
        """As the popup is given them."""
        return PopupActions(
            write=lambda data: self._call.effects.write(self._pane, data),
            ended=self._ended,
            paste=self._pasted,
            buffer_name=self._buffer_name,
            to_pane=self._to_pane,
        )

    def _ended(self, status: int) -> None:
        """The popup has been closed; its program, if it still runs there, ends with it."""
        if self._pane.id < 0:
            self._call.effects.kill(self._pane)
        self._call.source.requester.fail(status)
        self._release()

    def _pasted(self) -> bytes:
        top = self._call.state.buffers.top()
        return encode_paste(top.data, self._pane.input_modes) if top is not None else b""

    def _buffer_name(self) -> str:
        top = self._call.state.buffers.top()
        return top.name if top is not None else ""

    def _to_pane(self, direction: Direction) -> bool:
        session = self._client.session
        if session is None:
            return False
        try:
            _move_in(self._call, session, self._pane, direction)
        except CommandError as error:
            show_message(self._call, self._client, str(error), None)
            return False
        return True


def _move_in(call: Call, session: Session, pane: Pane, direction: Direction) -> None:
    """Make a popup's screen a pane beside the active one. Raises CommandError without room."""
    state, window = call.state, session.window
    unzoom(call.effects, window)
    beside = window.tiled_active
    window.layout.split(
        beside.id,
        PaneId(state.counters.pane),
        direction=direction,
        size=None,
        before=False,
        full=False,
    )
    call.effects.move_in(pane, state.new_pane_id())
    state.panes[pane.id] = pane
    pane.options.parent = window.options
    pane.screen.history_limit = session.options.number("history-limit")
    window.panes.insert(window.index_of(beside) + 1, pane)
    window.place_panes()
    tell_layout(call.effects, window)
    select_pane(state, call.effects, window, pane)


COMMANDS = (
    Command(
        name="display-popup",
        alias="popup",
        getopt="Bb:Cc:d:e:Eh:kNs:S:t:T:w:x:y:",
        arity=(0, None),
        usage="[-BCE] [-b border-lines] [-c target-client] [-d start-directory] [-e environment]"
        " [-h height] [-s style] [-S border-style] [-t target-pane][-T title] [-w width]"
        " [-x position] [-y position] [shell-command]",
        target=Aim.PANE,
        run=display_popup,
    ),
)
