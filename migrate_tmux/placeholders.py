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
_MARK = re.compile(f"\\${_BEGIN}([A-Za-z0-9_]+){_END}")


class MarkingContext:
    """A `ParseContext` that knows no values: every condition counts as false."""

    def lookup_environment(self, name: str) -> str | None:
        """A mark for the variable."""
        return f"${_BEGIN}{name}{_END}"

    def home(self, user: str | None) -> str | None:
        """A mark for $HOME; another user's home stays as it was written."""
        return self.lookup_environment("HOME") if user is None else f"~{user}"

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
    """The variables whose marks stand in a text."""
    return frozenset(_MARK.findall(text))


def with_variables(text: str) -> str:
    """A text with its marks turned back into `${NAME}`."""
    return _MARK.sub(r"${\1}", text)


def readable(text: str) -> str:
    """The same for people: `~` where a path begins with the home, `$NAME` elsewhere."""
    return _MARK.sub(lambda mark: "~" if mark[1] == "HOME" else f"${mark[1]}", text)


def resolved(text: str, values: dict[str, str]) -> str | None:
    """A text with its marks replaced by values; None if one of them is not known."""
    if not marked_names(text) <= values.keys():
        return None
    return _MARK.sub(lambda mark: values[mark[1]], text)
