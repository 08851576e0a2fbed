"""SM, RM, DECSET, DECRST and the keyboard protocols' own sequences."""

from collections.abc import Callable
from typing import Final

from aimux.vt.csi import Handler, Parameters
from aimux.vt.terminal import Terminal

_FLAGS: Final = {
    "?1": "application_cursor_keys",
    "?12": "cursor_blink",
    "?25": "cursor_visible",
    "?66": "application_keypad",
    "?1004": "focus_events",
    "?1007": "alternate_scroll",
    "?2004": "bracketed_paste",
    "?2026": "synchronized",
    "?2031": "color_scheme_updates",
    "20": "newline",
}
_MOUSE_PROTOCOLS: Final = {"?9": 9, "?1000": 1000, "?1002": 1002, "?1003": 1003}
_MOUSE_ENCODINGS: Final = {"?1005": 1005, "?1006": 1006, "?1015": 1015, "?1016": 1016}
_KITTY_STACK: Final = 16
_KITTY_FLAGS: Final = 31


def _set_insert(terminal: Terminal, on: bool) -> None:
    terminal.insert = on
    terminal.modes.change("insert", on)
    terminal.update_special()


def _set_wrap(terminal: Terminal, on: bool) -> None:
    terminal.autowrap = on
    terminal.modes.change("wrap", on)
    if not on:
        terminal.leave_pending_wrap()
    terminal.update_special()


def _set_origin(terminal: Terminal, on: bool) -> None:
    terminal.modes.change("origin", on)
    terminal.home()


def _set_reverse_screen(terminal: Terminal, on: bool) -> None:
    terminal.modes.change("reverse_screen", on)
    for row in terminal.rows:
        row.version = terminal.version


def _set_columns(terminal: Terminal, _on: bool) -> None:
    """DECCOLM: the width is the owner's, so only the screen is cleared."""
    terminal.scroll_into_history()
    terminal.reset_margins()
    terminal.home()


def _set_margin_mode(terminal: Terminal, on: bool) -> None:
    """DECLRMM."""
    terminal.margin_mode = on
    if not on:
        terminal.reset_margins()


def _set_graphemes(terminal: Terminal, on: bool) -> None:
    terminal.graphemes = on
    terminal.update_special()


def _set_alternate(terminal: Terminal, on: bool) -> None:
    if on:
        terminal.enter_alternate(save=False)
    else:
        terminal.leave_alternate(restore=False)


def _set_alternate_and_cursor(terminal: Terminal, on: bool) -> None:
    if on:
        terminal.enter_alternate(save=True)
    else:
        terminal.leave_alternate(restore=True)


def _set_saved_cursor(terminal: Terminal, on: bool) -> None:
    if on:
        terminal.saved_cursor = terminal.save_cursor()
    elif terminal.saved_cursor is not None:
        terminal.restore_cursor(terminal.saved_cursor)


_SWITCHES: Final[dict[str, Callable[[Terminal, bool], None]]] = {
    "4": _set_insert,
    "?3": _set_columns,
    "?5": _set_reverse_screen,
    "?6": _set_origin,
    "?7": _set_wrap,
    "?47": _set_alternate,
    "?69": _set_margin_mode,
    "?1047": _set_alternate,
    "?1048": _set_saved_cursor,
    "?1049": _set_alternate_and_cursor,
    "?2027": _set_graphemes,
}


def _set_mode(terminal: Terminal, mode: str, on: bool) -> None:
    if mode in _FLAGS:
        terminal.modes.change(_FLAGS[mode], on)
    elif mode in _SWITCHES:
        _SWITCHES[mode](terminal, on)
    elif mode in _MOUSE_PROTOCOLS:
        terminal.modes.change("mouse_protocol", _MOUSE_PROTOCOLS[mode] if on else 0)
    elif mode in _MOUSE_ENCODINGS:
        terminal.modes.change("mouse_encoding", _MOUSE_ENCODINGS[mode] if on else 0)


def _setter(prefix: str, *, on: bool) -> Handler:
    def set_modes(terminal: Terminal, parameters: Parameters) -> None:
        for number in parameters:
            if number >= 0:
                _set_mode(terminal, f"{prefix}{number}", on)

    return set_modes


_STATES: Final[dict[str, Callable[[Terminal], bool]]] = {
    "4": lambda terminal: terminal.insert,
    "?5": lambda terminal: terminal.modes.reverse_screen,
    "?6": lambda terminal: terminal.modes.origin,
    "?7": lambda terminal: terminal.autowrap,
    "?47": lambda terminal: terminal.alternate,
    "?69": lambda terminal: terminal.margin_mode,
    "?1047": lambda terminal: terminal.alternate,
    "?1048": lambda terminal: terminal.saved_cursor is not None,
    "?1049": lambda terminal: terminal.alternate,
    "?2027": lambda terminal: terminal.graphemes,
}


def mode_state(terminal: Terminal, mode: str) -> int:
    """DECRPM's answer for `?25` or `4`: 0 not known, 1 set, 2 reset."""
    modes = terminal.modes
    if mode in _FLAGS:
        on = bool(getattr(modes, _FLAGS[mode]))
    elif mode in _STATES:
        on = _STATES[mode](terminal)
    elif mode in _MOUSE_PROTOCOLS:
        on = modes.mouse_protocol == _MOUSE_PROTOCOLS[mode]
    elif mode in _MOUSE_ENCODINGS:
        on = modes.mouse_encoding == _MOUSE_ENCODINGS[mode]
    else:
        return 0
    return 1 if on else 2


def _update_kitty(terminal: Terminal) -> None:
    terminal.modes.change("kitty_flags", terminal.kitty_stack[-1])


def push_kitty_flags(terminal: Terminal, parameters: Parameters) -> None:
    """`CSI > flags u`: the oldest entry is forgotten when many are kept."""
    stack = terminal.kitty_stack
    stack.append(max(parameters[0], 0) & _KITTY_FLAGS)
    del stack[:-_KITTY_STACK]
    _update_kitty(terminal)


def pop_kitty_flags(terminal: Terminal, parameters: Parameters) -> None:
    """`CSI < count u`: an empty stack means no flags."""
    stack = terminal.kitty_stack
    del stack[max(len(stack) - max(parameters[0], 1), 0) :]
    if not stack:
        stack.append(0)
    _update_kitty(terminal)


def set_kitty_flags(terminal: Terminal, parameters: Parameters) -> None:
    """`CSI = flags ; how u`: 1 replaces, 2 sets, 3 resets the bits given."""
    stack = terminal.kitty_stack
    flags = max(parameters[0], 0) & _KITTY_FLAGS
    how = parameters[1]
    if how == 2:
        flags |= stack[-1]
    elif how == 3:
        flags = stack[-1] & ~flags
    stack[-1] = flags
    _update_kitty(terminal)


def set_key_modifiers(terminal: Terminal, parameters: Parameters) -> None:
    """XTMODKEYS: resource 4 is modifyOtherKeys; no parameter resets it."""
    if parameters[0] in {4, -1}:
        level = max(parameters[1], 0)
        terminal.modes.change("modify_other_keys", level if level <= 2 else 0)


def disable_key_modifiers(terminal: Terminal, parameters: Parameters) -> None:
    """`CSI > 4 n`."""
    if parameters[0] == 4:
        terminal.modes.change("modify_other_keys", 0)


MODE_TABLE: Final[dict[str, Handler]] = {
    "h": _setter("", on=True),
    "l": _setter("", on=False),
    "?h": _setter("?", on=True),
    "?l": _setter("?", on=False),
    ">u": push_kitty_flags,
    "<u": pop_kitty_flags,
    "=u": set_kitty_flags,
    ">m": set_key_modifiers,
    ">n": disable_key_modifiers,
}
"""As `csi.CSI_TABLE`."""
