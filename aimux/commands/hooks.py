"""Hooks: the commands that run after others, and when something happened (tmux(1), HOOKS)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from msgspec import Struct

from aimux.commands.command import Call
from aimux.commands.target_lookup import best_session, best_session_with
from aimux.commands.targets import Target
from aimux.errors import OptionError
from aimux.events import ClientEvent, Event, LinkEvent, PaneEvent, SessionEvent, WindowEvent
from aimux.model.command_list import CommandBlock, print_arguments
from aimux.model.option_row import Scope
from aimux.model.options import Options
from aimux.model.options_table import ROWS, match_option
from aimux.model.session import Session
from aimux.model.state import State
from aimux.model.window import Window

# Commands that run another's hook.
_BORROWED = {
    "last-window": "after-select-window",
    "new-pane": "after-split-window",
    "next-window": "after-select-window",
    "previous-window": "after-select-window",
}
# Commands whose hook runs only where they say so by `Call.landed`.
_ONLY_WHERE_LANDED = ("select-pane",)


class Hook(Struct, frozen=True):
    """A hook that is to run.

    Attributes:
        blocks: The commands of its items, in order.
        formats: The format variables that the commands see: `hook` and what it is of.
        place: What the commands mean without a target; None where there is nothing.
    """

    blocks: tuple[CommandBlock, ...]
    formats: dict[str, str]
    place: Target | None


# ---- events ----


def place_of(state: State, event: Event) -> Target | None:
    """Where an event has just happened; None if that has gone, or stands nowhere yet."""
    match event:
        case SessionEvent():
            return _session_place(state.sessions.get(event.session))
        case LinkEvent():
            return _link_place(state, event)
        case WindowEvent():
            return _window_place(state, state.windows.get(event.window))
        case PaneEvent():
            return _pane_place(state, event)
        case ClientEvent():
            client = state.clients.get(event.client)
            return _session_place(client.session if client is not None else None)
        case _:
            return None


def hook_of(state: State, event: Event, place: Target | None) -> Hook | None:
    """What runs because of an event; None if nothing does.

    Args:
        state: The state now, which may no longer be that of the event.
        event: What happened.
        place: Where (`place_of`), as it was then; where that no longer exists, the session that was
            used last is meant.
    """
    if not event.hook:
        return None
    if place is None or not place.exists(state):
        place = _used_last(state)
    blocks = hook_blocks(state, event.hook, place)
    return Hook(blocks, {"hook": event.hook, **_formats(event)}, place) if blocks else None


def hook_blocks(state: State, name: str, place: Target | None) -> tuple[CommandBlock, ...]:
    """A hook's commands as the options in force at a place have them."""
    row = ROWS.get(name)
    if row is None or not row.is_hook:
        return ()
    if Scope.SESSION in row.scope:
        session = place.session if place is not None else None
        options = session.options if session is not None else state.session_options
    else:
        options = _window_options(state, place)
    return tuple(options.commands(name))


def _window_options(state: State, place: Target | None) -> Options:
    if place is not None and place.pane is not None:
        return place.pane.options
    return state.window_options


def _used_last(state: State) -> Target | None:
    return _session_place(best_session(state, state.sessions_by_name(), prefer_unattached=False))


def _session_place(session: Session | None) -> Target | None:
    shows = session is not None and session.current is not None
    return Target.of_session(session) if session is not None and shows else None


def _window_place(state: State, window: Window | None) -> Target | None:
    return best_session_with(state, window, prefer_unattached=False) if window is not None else None


def _link_place(state: State, event: LinkEvent) -> Target | None:
    session, window = state.sessions.get(event.session), state.windows.get(event.window)
    link = session.link_of(window) if session is not None and window is not None else None
    return Target.of_link(session, link) if session is not None and link is not None else None


def _pane_place(state: State, event: PaneEvent) -> Target | None:
    pane = state.panes.get(event.pane)
    place = _window_place(state, state.window_of(pane)) if pane is not None else None
    return place.with_pane(pane) if pane is not None and place is not None else None


def _formats(event: Event) -> dict[str, str]:
    """What an event is of, as tmux's notify.c names it."""
    match event:
        case LinkEvent():
            return {
                "hook_session": f"${event.session}",
                "hook_session_name": event.session_name,
                "hook_window": f"@{event.window}",
                "hook_window_name": event.window_name,
            }
        case SessionEvent():
            return {"hook_session": f"${event.session}", "hook_session_name": event.name}
        case WindowEvent():
            return {"hook_window": f"@{event.window}", "hook_window_name": event.name}
        case PaneEvent():
            return {"hook_pane": f"%{event.pane}"}
        case ClientEvent():
            return {"hook_client": event.name}
        case _:
            return {}


# ---- commands ----


def run_after_hook(call: Call) -> None:
    """Queue the after hook of a command that has run; nothing if a hook ran it."""
    name = call.command.name
    hook = _BORROWED.get(name, f"after-{name}")
    if call.source.in_hook or hook not in ROWS:
        return
    place = call.landed
    if place is None and name in _ONLY_WHERE_LANDED:
        return
    if place is None:
        place = call.standing_target()
    formats = {"hook": hook, **_argument_formats(call)}
    insert_hook(call, Hook(hook_blocks(call.state, hook, place), formats, place))


def run_hook_now(call: Call, name: str) -> None:
    """Queue a hook's commands as if it had happened at the call's target (`set-hook -R`)."""
    place = call.target()
    if name.startswith("@"):
        options = place.pane.options if place.pane is not None else call.state.window_options
        blocks = _user_blocks(call, options, name)
    else:
        try:
            name = match_option(name).name
        except OptionError:
            return
        blocks = hook_blocks(call.state, name, place)
    insert_hook(call, Hook(blocks, {"hook": name}, place))


def _user_blocks(call: Call, options: Options, name: str) -> tuple[CommandBlock, ...]:
    session = call.target().session
    inherited = session.options if session is not None else call.state.session_options
    text = inherited.text(name) or options.text(name)
    return (call.queue.language.read_string(text),) if text else ()


def insert_hook(call: Call, hook: Hook) -> None:
    """Run a hook's commands next, for the same asker."""
    # To a control client, what a hook runs is nothing that it asked for.
    source = replace(call.source, formats=hook.formats, in_hook=True, typed=False)
    for block in hook.blocks:
        call.queue.insert_hook(block, source, hook.place)


def _argument_formats(call: Call) -> dict[str, str]:
    """`hook_arguments`, `hook_argument_0` and so on, `hook_flag_t`, `hook_flag_t_0` and so on."""
    arguments = call.arguments
    values = {"hook_arguments": print_arguments(arguments)}
    for index, text in enumerate(arguments.texts()):
        values[f"hook_argument_{index}"] = text
    for flag in arguments.flags:
        values.update(_flag_formats(flag, arguments.all(flag)))
    return values


def _flag_formats(flag: str, given: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield f"hook_flag_{flag}", given[-1] if given else "1"
    for index, value in enumerate(given):
        yield f"hook_flag_{flag}_{index}", value
