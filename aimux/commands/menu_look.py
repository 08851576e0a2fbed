"""How a menu looks and where it begins: the options and the flags of tmux 3.4 and later."""

from __future__ import annotations

from aimux.commands.command import Call
from aimux.commands.numbers import number
from aimux.errors import CommandError, OptionError
from aimux.model.menu import Menu, MenuLook
from aimux.model.option_row import OptionRow
from aimux.model.options_table import ROWS
from aimux.styles.style import PLAIN, Style, parse_style

NO_CHOICE = "-"


def menu_look(call: Call) -> MenuLook:
    """The look that the window's options give, and the flags -b, -H, -s and -S over them.

    Raises:
        CommandError: -b names no lines.
    """
    options = call.the_window().options
    chosen: Style | None = None
    # Its default is also that of mode-style, which menus followed before they had options.
    default = options.text("menu-selected-style") == _row("menu-selected-style").default
    if call.arguments.has("H") or not default:
        chosen = _style(call, "menu-selected-style", "H")
    return MenuLook(
        lines=_lines(call),
        style=_style(call, "menu-style", "s"),
        border=_style(call, "menu-border-style", "S"),
        chosen=chosen,
    )


def _row(name: str) -> OptionRow:
    return ROWS[name]


def _lines(call: Call) -> str:
    given = call.arguments.get("b")
    if given is None:
        return call.the_window().options.text("menu-border-lines")
    if given not in (_row("menu-border-lines").choices or ()):
        raise CommandError(f"menu-border-lines unknown value: {given}")
    return given


def _style(call: Call, option: str, flag: str) -> Style:
    """An option's style with a flag's over it; one that cannot be read changes nothing."""
    style = PLAIN
    for text in (call.the_window().options.text(option), call.arguments.get(flag) or ""):
        try:
            style = parse_style(call.expand(text) if "#{" in text else text, PLAIN, style)
        except OptionError:
            continue
    return style


def begin(call: Call, menu: Menu) -> None:
    """Make the item current that -C names: a number from 0, or `-` for none.

    Raises:
        CommandError: It is neither.
    """
    given = call.arguments.get("C")
    if given == NO_CHOICE:
        menu.choice = None
    elif given is not None:
        index = number(given, "starting choice")
        if index < len(menu.items) and menu.items[index].can_be_chosen:
            menu.choice = index
