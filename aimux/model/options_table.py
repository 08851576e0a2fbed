"""All options, and how a name that was typed finds its row. Values are in `options`."""

import re
from collections.abc import Collection

from msgspec import Struct

from aimux.errors import OptionError
from aimux.model.option_hooks import HOOKS
from aimux.model.option_row import OptionKind, OptionRow, Scope
from aimux.model.options_later import LATER_OPTIONS
from aimux.model.options_server import SERVER_OPTIONS
from aimux.model.options_session import ADDITIONS, SESSION_OPTIONS
from aimux.model.options_window import WINDOW_OPTIONS

__all__ = [
    "OPTIONS",
    "ROWS",
    "OptionKind",
    "OptionMatch",
    "OptionRow",
    "Scope",
    "match_option",
    "scope_of",
    "split_index",
]

OPTIONS: tuple[OptionRow, ...] = (
    *SERVER_OPTIONS,
    *SESSION_OPTIONS,
    *ADDITIONS,
    *WINDOW_OPTIONS,
    *LATER_OPTIONS,
    *HOOKS,
)
"""Every option in the order in which show-options lists them."""

ROWS = {row.name: row for row in OPTIONS}
"""The same by name."""

ABBREVIATED = tuple(row for row in OPTIONS if not (row.is_addition or row.is_later))
"""The options whose names may be cut short: those of tmux 3.3a."""

OTHER_NAMES = {
    "display-panes-color": "display-panes-colour",
    "display-panes-active-color": "display-panes-active-colour",
    "clock-mode-color": "clock-mode-colour",
    "cursor-color": "cursor-colour",
    "pane-colors": "pane-colours",
}
_INDEX = re.compile(r"\[[ \t]*\+?([0-9]{1,9})\]")


class OptionMatch(Struct, frozen=True):
    """What a typed name means.

    Attributes:
        name: The option's full name.
        row: Its row; None of a user option (`@name`).
        index: The item of an array, or None.
    """

    name: str
    row: OptionRow | None
    index: int | None


def split_index(text: str) -> tuple[str, int | None]:
    """`name[3]` as a name and an index.

    Raises:
        OptionError: `invalid option: x`: empty, or what stands in brackets is no number.
    """
    if text and "[" not in text:
        return text, None
    name, bracket, _ = text.partition("[")
    match = _INDEX.fullmatch(text, len(name))
    if not text or (bracket and not match):
        raise OptionError(f"invalid option: {text}")
    return name, int(match[1]) if match else None


def match_option(text: str) -> OptionMatch:
    """The option that a name, the unambiguous beginning of a name, or `name[index]` means.

    Raises:
        OptionError: `invalid option: x` or `ambiguous option: x`.
    """
    name, index = split_index(text)
    if name.startswith("@"):
        return OptionMatch(name, None, index)
    name = OTHER_NAMES.get(name, name)
    if name in ROWS:
        return OptionMatch(name, ROWS[name], index)
    found = [row for row in ABBREVIATED if row.name.startswith(name)]
    if not found:
        raise OptionError(f"invalid option: {text}")
    if len(found) > 1:
        raise OptionError(f"ambiguous option: {text}")
    return OptionMatch(found[0].name, found[0], index)


def scope_of(
    row: OptionRow | None, flags: Collection[str], *, window_command: bool = False
) -> tuple[Scope, bool]:
    """Which options a command with these flags means, and whether the global ones.

    Args:
        row: The option; None for a user option, or where no option is named: then the flags decide.
        flags: Those that were given; `g`, `p`, `s` and `w` count.
        window_command: Whether it is set-window-option or show-window-options.
    """
    if row is None:
        return _scope_of_flags(flags, window_command=window_command)
    if row.scope is Scope.SERVER:
        return Scope.SERVER, True
    if Scope.PANE in row.scope and "p" in flags:
        return Scope.PANE, False
    scope = Scope.WINDOW if Scope.WINDOW in row.scope else Scope.SESSION
    return scope, "g" in flags


def _scope_of_flags(flags: Collection[str], *, window_command: bool) -> tuple[Scope, bool]:
    if "s" in flags:
        return Scope.SERVER, True
    if "p" in flags:
        return Scope.PANE, False
    scope = Scope.WINDOW if window_command or "w" in flags else Scope.SESSION
    return scope, "g" in flags
