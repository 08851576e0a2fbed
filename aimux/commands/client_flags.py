"""The flags of a client (`-f` of attach-session, new-session and refresh-client)."""

from __future__ import annotations

import re
from collections.abc import Callable

from aimux.model.client import Client
from aimux.model.control import Control

PAUSE_AFTER = re.compile(r"pause-after(?:=(\d{1,9}))?")


def _set_active_pane(client: Client, on: bool) -> None:
    client.active_pane = on


def _set_ignore_size(client: Client, on: bool) -> None:
    client.ignore_size = on


def _set_read_only(client: Client, on: bool) -> None:
    # As in tmux, a client that may not write cannot allow itself to.
    client.read_only = client.read_only or on


def _set_no_output(control: Control, on: bool) -> None:
    control.no_output = on
    control.drop_output()


def _set_wait_exit(control: Control, on: bool) -> None:
    control.wait_exit = on


FLAGS: dict[str, Callable[[Client, bool], None]] = {
    "active-pane": _set_active_pane,
    "ignore-size": _set_ignore_size,
    "read-only": _set_read_only,
}
CONTROL_FLAGS: dict[str, Callable[[Control, bool], None]] = {
    "no-output": _set_no_output,
    "wait-exit": _set_wait_exit,
}


def set_flags(client: Client, text: str | None) -> None:
    """Set (or with `!` clear) the flags that are named between commas; unknown ones are skipped."""
    for word in (text or "").split(","):
        name, on = word.removeprefix("!"), not word.startswith("!")
        if name in FLAGS:
            FLAGS[name](client, on)
        elif client.control is not None:
            _set_control_flag(client.control, name, on=on)


def _set_control_flag(control: Control, name: str, *, on: bool) -> None:
    pause = PAUSE_AFTER.fullmatch(name)
    if pause is not None:
        control.pause_after = int(pause[1] or 0) if on else None
    elif name in CONTROL_FLAGS:
        CONTROL_FLAGS[name](control, on)


def flag_names(client: Client) -> list[str]:
    """The flags that are on, as `#{client_flags}` shows them, in tmux's order."""
    control = client.control
    flags = {
        "attached": client.session is not None,
        "focused": client.focused,
        "control-mode": control is not None,
        "ignore-size": client.ignore_size,
        "no-output": control is not None and control.no_output,
        "wait-exit": control is not None and control.wait_exit,
        _pause_text(control): control is not None and control.pause_after is not None,
        "read-only": client.read_only,
        "active-pane": client.active_pane,
        "UTF-8": True,
    }
    return [name for name, on in flags.items() if on]


def _pause_text(control: Control | None) -> str:
    return f"pause-after={control.pause_after if control is not None else ''}"
