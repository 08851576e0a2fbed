"""Editing a text in a popup with the program that the option `editor` names."""

from __future__ import annotations

import shlex
from collections.abc import Callable

from aimux.commands.effects import Effects, Program
from aimux.commands.popups import SHELL, popup_screen, popup_style
from aimux.commands.spawn import Start, child_environment, default_shell
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.layout_cell import Box
from aimux.model.popup import Closing, Popup, PopupActions
from aimux.model.session import Session
from aimux.model.state import State

DIRECTORY = "/tmp"  # noqa: S108  # where tmux's editor runs
PARTS, OF = 9, 10  # how much of the terminal the popup takes


def edit(
    state: State, effects: Effects, client: Client, data: bytes, edited: Callable[[bytes], None]
) -> None:
    """Let a person edit `data`; nothing happens while something lies over the screen.

    Args:
        state: Has the options.
        effects: Runs the editor on a file that only its owner may read.
        client: The person's client.
        data: What is edited.
        edited: Called with the file's content if the editor ended well and left any.

    Raises:
        CommandError: The file could not be written, or the program not be started.
    """
    editor, session = state.server_options.text("editor"), client.session
    columns, rows = client.window_columns * PARTS // OF, client.rows * PARTS // OF
    if not editor or session is None or client.overlay is not None or min(columns, rows) < 3:
        return
    path = effects.new_file(data)

    def ended(status: int) -> None:
        content = effects.take_file(path)
        if status == 0 and content:
            edited(content)

    try:
        popup = _popup(state, effects, client, session, Box(0, 0, columns, rows), ended)
        _run(state, effects, client, session, popup, f"{editor} {shlex.quote(path)}")
    except CommandError:
        effects.take_file(path)
        raise
    client.overlay = popup


def _popup(  # a popup has many sides
    state: State,
    effects: Effects,
    client: Client,
    session: Session,
    size: Box,
    ended: Callable[[int], None],
) -> Popup:
    options = session.window.options
    column, row = client.window_columns // 2 - size.columns // 2, client.rows // 2 - size.rows // 2
    lines = options.text("popup-border-lines")
    border = 0 if lines == "none" else 1
    pane = popup_screen(
        state, options, columns=size.columns - 2 * border, rows=size.rows - 2 * border
    )

    def closed(status: int) -> None:
        effects.kill(pane)
        ended(status)

    return Popup(
        pane=pane,
        box=Box(column, row, size.columns, size.rows),
        columns=client.window_columns,
        rows=client.rows,
        actions=PopupActions(
            write=lambda data: effects.write(pane, data),
            ended=closed,
            paste=lambda: None,
            buffer_name=lambda: "",
            to_pane=lambda _direction: False,
        ),
        closing=Closing.AT_EXIT,
        lines=lines,
        style=popup_style(options.text("popup-style")),
        border_style=popup_style(options.text("popup-border-style")),
        is_internal=True,
    )


def _run(
    state: State, effects: Effects, client: Client, session: Session, popup: Popup, command: str
) -> None:
    """Start the editor. Raises SpawnError."""
    pane, start = popup.pane, Start((command,), DIRECTORY, ())
    environment = child_environment(state, session, pane, start, default_shell(session))
    for name in ("AIMUX_PANE", "TMUX_PANE"):
        environment.pop(name, None)
    program = Program((command,), SHELL, DIRECTORY, environment, integrate=False)
    pane.argv, pane.start_path = program.argv, program.path

    def exited(status: int) -> None:
        if popup.exited(status) and client.overlay is popup:
            client.close_overlay()

    effects.run_popup(pane, program, ended=exited)
