"""Parsing that keeps `$NAME` and `~` as what they are, for a home and a machine not yet known.

While a configuration is read, an expansion gives a mark instead of a value. A mark begins with `$`
and is no variable to any later parsing, so it survives strings that are parsed again, and makes
`quote_argument` choose the quotes in which tmux expands variables.
"""

from __future__ import annotations

import re

from aimux.commands.build import Language
from aimux.commands.table import COMMANDS
from aimux.model.options_table import ROWS

_BEGIN, _END = "\ue0f0", "\ue0f1"
_USER = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]*")
_MARK = re.compile(f"\\${_BEGIN}(~?[A-Za-z0-9_.-]+){_END}")


class MarkingContext:
    """A `ParseContext` that knows no values: every condition counts as false."""

    def lookup_environment(self, name: str) -> str | None:
        """A mark for the variable."""
        return f"${_BEGIN}{name}{_END}"

    def home(self, user: str | None) -> str | None:
        """A mark for $HOME, or one with `~` for another user's; None if no user is called so."""
        if user is None:
            return self.lookup_environment("HOME")
        return f"${_BEGIN}~{user}{_END}" if _USER.fullmatch(user) else None

    def expand_condition(self, text: str) -> str:
        """Nothing: what depends on a condition is kept with it, never decided."""
        del text
        return ""

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        """Nothing: the assignment itself is carried over."""


def marking_language(aliases: list[str]) -> Language:
    """The command language, reading without values.

    Args:
        aliases: The entries of command-alias; may grow while a configuration is read.
    """
    return Language(tuple(COMMANDS.values()), MarkingContext(), lambda: aliases)


def default_aliases() -> list[str]:
    """The entries of command-alias in a fresh server."""
    default = ROWS["command-alias"].default
    return list(default) if isinstance(default, tuple) else []


def marked_names(text: str) -> frozenset[str]:
    """The variables whose marks stand in a text, and the users with a `~` before them."""
    return frozenset(_MARK.findall(text))


def with_variables(text: str) -> str:
    """A text with its marks turned back into `${NAME}` and `~user`."""
    return _MARK.sub(lambda mark: mark[1] if mark[1][0] == "~" else f"${{{mark[1]}}}", text)


def readable(text: str) -> str:
    """The same for people: `~` for the home."""
    return with_variables(text).replace("${HOME}", "~")


def resolved(text: str, values: dict[str, str]) -> str | None:
    """A text with its marks replaced by values; None if one of them is not known."""
    if not marked_names(text) <= values.keys():
        return None
    return _MARK.sub(lambda mark: values[mark[1]], text)
