"""Commands on options, hooks and environments."""

from __future__ import annotations

import os

from aimux.commands.arguments import second_commands
from aimux.commands.command import Aim, Call, Command, Flags
from aimux.commands.hooks import run_hook_now
from aimux.commands.option_effects import apply_option
from aimux.commands.theme_files import find_theme
from aimux.errors import CommandError, OptionError
from aimux.model.command_list import argument_text
from aimux.model.environment import Environment, check_variable_name
from aimux.model.option_row import Additions, Scope
from aimux.model.options import HookListing, Options
from aimux.model.options_table import OptionMatch, match_option, scope_of
from aimux.model.state import State

FLAGS = "gpsw"
NAMES = {Scope.SESSION: "session", Scope.WINDOW: "window", Scope.PANE: "pane"}


def _flags(call: Call) -> set[str]:
    return {flag for flag in FLAGS if call.arguments.has(flag)}


def _is_window_command(call: Call) -> bool:
    return call.command.name in ("set-window-option", "show-window-options")


def scoped(call: Call, match: OptionMatch | None) -> tuple[Options, Scope]:
    """The options that a command means, and whose. Raises CommandError without a target."""
    row = match.row if match is not None else None
    scope, is_global = scope_of(row, _flags(call), window_command=_is_window_command(call))
    return _options(call, scope, is_global=is_global), scope


def _options(call: Call, scope: Scope, *, is_global: bool) -> Options:
    state, target = call.state, call.target()
    if scope is Scope.SERVER:
        return state.server_options
    if is_global:
        return state.session_options if scope is Scope.SESSION else state.window_options
    owner = {
        Scope.SESSION: target.session,
        Scope.WINDOW: target.window,
        Scope.PANE: target.pane,
    }[scope]
    if owner is None:
        where = call.arguments.get("t")
        what = NAMES[scope]
        raise CommandError(f"no such {what}: {where}" if where else f"no current {what}")
    return owner.options


def _quiet(call: Call, error: OptionError) -> None:
    if not call.arguments.has("q"):
        raise error


# ---- setting ----


def set_option(call: Call) -> None:
    """set-option [-aFgopqsuUw] [-t target-pane] option [value]."""
    arguments = call.arguments
    name = call.expand(arguments.texts()[0])
    try:
        match = match_option(name)
    except OptionError as error:
        _quiet(call, error)
        return
    options, _scope = scoped(call, match)
    full = match.name if match.index is None else f"{match.name}[{match.index}]"
    if arguments.has("u") or arguments.has("U"):
        _unset(call, options, match, full)
        return
    if arguments.has("o") and options.is_own(full):
        _quiet(call, OptionError(f"already set: {name}"))
        return
    value = _value(call)
    check_option(call.state, match.name, value)
    options.set(full, value, append=arguments.has("a"))
    apply_option(call.state, match.name)


def _value(call: Call) -> str | None:
    words = call.arguments.positional
    if len(words) < 2:
        return None
    text = argument_text(words[1])
    return call.expand(text) if call.arguments.has("F") else text


def check_option(state: State, name: str, value: str | None) -> None:
    """Refuse what only the machine shows to be wrong: a shell that is no program, no theme.

    Raises:
        CommandError: In tmux's words.
    """
    if name == "default-shell" and value is not None:
        usable = value.startswith("/") and os.access(value, os.X_OK)
        if not usable:
            raise CommandError(f"not a suitable shell: {value}")
    elif name == "theme" and value is not None:
        find_theme(state, value)


def _unset(call: Call, options: Options, match: OptionMatch, full: str) -> None:
    window = call.target().window
    if call.arguments.has("U") and window is not None and options is window.options:
        for pane in window.panes:
            pane.options.unset(match.name)
    options.unset(full)
    apply_option(call.state, match.name)


def set_hook(call: Call) -> None:
    """set-hook [-agpRuw] [-t target-pane] hook [command]."""
    if call.arguments.has("R"):
        run_hook_now(call, call.expand(call.arguments.texts()[0]))
    else:
        set_option(call)


# ---- showing ----


def show_options(call: Call) -> None:
    """show-options [-AgHpqsvw] [-t target-pane] [option]."""
    arguments = call.arguments
    text = arguments.text(0)
    if text is None:
        _show_all(call)
        return
    name = call.expand(text)
    try:
        match = match_option(name)
        options, _scope = scoped(call, match)
        full = match.name if match.index is None else f"{match.name}[{match.index}]"
        lines = options.show(full, value_only=arguments.has("v"), inherited=arguments.has("A"))
    except OptionError as error:
        _quiet(call, error)
        return
    for line in lines:
        call.print(line)


def _hooks(call: Call) -> HookListing:
    if call.command.name == "show-hooks":
        return HookListing.ONLY
    return HookListing.WITH if call.arguments.has("H") else HookListing.WITHOUT


def _additions(call: Call) -> Additions:
    own = Additions.NONE if call.as_tmux else Additions.AIMUX
    return own | Additions.LATER if call.is_later else own


def _show_all(call: Call) -> None:
    options, scope = scoped(call, None)
    lines = options.show_all(
        scope,
        value_only=call.arguments.has("v"),
        inherited=call.arguments.has("A"),
        hooks=_hooks(call),
        additions=_additions(call),
    )
    for line in lines:
        call.print(line)


# ---- environment ----


def _environment(call: Call) -> Environment:
    if call.arguments.has("g"):
        return call.state.environment
    session = call.target().session
    if session is None:
        where = call.arguments.get("t")
        raise CommandError(f"no such session: {where}" if where else "no current session")
    return session.environment


def set_environment(call: Call) -> None:
    """set-environment [-Fhgru] [-t target-session] name [value]."""
    arguments = call.arguments
    name, *rest = arguments.texts()
    check_variable_name(name)
    environment = _environment(call)
    for flag, action in (("u", environment.unset), ("r", environment.clear)):
        if arguments.has(flag):
            if rest:
                raise CommandError(f"can't specify a value with -{flag}")
            action(name)
            return
    if not rest:
        raise CommandError("no value specified")
    value = call.expand(rest[0]) if arguments.has("F") else rest[0]
    environment.set(name, value, hidden=arguments.has("h"))


def show_environment(call: Call) -> None:
    """show-environment [-hgs] [-t target-session] [name]."""
    arguments = call.arguments
    environment = _environment(call)
    for line in environment.show(
        arguments.text(0), hidden=arguments.has("h"), shell=arguments.has("s")
    ):
        call.print(line)


COMMANDS = (
    Command(
        name="set-environment",
        alias="setenv",
        getopt="Fhgrt:u",
        arity=(1, 2),
        usage="[-Fhgru] [-t target-session] name [value]",
        target=Aim.SESSION,
        flags=Flags.CAN_FAIL,
        run=set_environment,
    ),
    Command(
        name="set-hook",
        alias=None,
        getopt="agpRt:uw",
        arity=(1, 2),
        usage="[-agpRuw] [-t target-pane] hook [command]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        kind=second_commands,
        run=set_hook,
    ),
    Command(
        name="set-option",
        alias="set",
        getopt="aFgopqst:uUw",
        arity=(1, 2),
        usage="[-aFgopqsuUw] [-t target-pane] option [value]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        kind=second_commands,
        run=set_option,
    ),
    Command(
        name="set-window-option",
        alias="setw",
        getopt="aFgoqt:u",
        arity=(1, 2),
        usage="[-aFgoqu] [-t target-window] option [value]",
        target=Aim.WINDOW,
        flags=Flags.CAN_FAIL,
        kind=second_commands,
        run=set_option,
    ),
    Command(
        name="show-environment",
        alias="showenv",
        getopt="hgst:",
        arity=(0, 1),
        usage="[-hgs] [-t target-session] [name]",
        target=Aim.SESSION,
        flags=Flags.CAN_FAIL,
        run=show_environment,
    ),
    Command(
        name="show-hooks",
        alias=None,
        getopt="gpt:w",
        arity=(0, 1),
        usage="[-gpw] [-t target-pane]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        run=show_options,
    ),
    Command(
        name="show-options",
        alias="show",
        getopt="AgHpqst:vw",
        arity=(0, 1),
        usage="[-AgHpqsvw] [-t target-pane] [option]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        run=show_options,
    ),
    Command(
        name="show-window-options",
        alias="showw",
        getopt="gvt:",
        arity=(0, 1),
        usage="[-gv] [-t target-window] [option]",
        target=Aim.WINDOW,
        flags=Flags.CAN_FAIL,
        run=show_options,
    ),
)
