"""The formats of a chooser's lines: their text (`-F`), their keys (`-K`), and the filter (`-f`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec import Struct

from aimux.commands.format_comparison import is_true
from aimux.commands.format_context import StateContext
from aimux.commands.formats import expand
from aimux.errors import KeyNameError
from aimux.keys.names import canonical_name
from aimux.model.command_list import Arguments


class LineFormats(Struct, frozen=True):
    """The formats of one chooser.

    Attributes:
        line: A line's text.
        key: The name of a line's key, which knows the line's number as `line`; None for 0 to 9 and
            M-a to M-z.
    """

    line: str
    key: str | None = None

    @classmethod
    def of(cls, arguments: Arguments, default: str) -> LineFormats:
        """Those that a command was given."""
        return cls(arguments.get("F") or default, arguments.get("K"))

    def text(self, context: StateContext) -> str:
        """A line's text, with styles in it."""
        return expand(self.line, replace(context, drawn=True))

    def shortcut(self, context: StateContext) -> Callable[[int], str] | None:
        """Gives a line's key by its number; what is no key's name is none."""
        template = self.key
        if template is None:
            return None

        def key(number: int) -> str:
            values = {**context.extra, "line": str(number)}
            try:
                return canonical_name(expand(template, replace(context, extra=values)))
            except KeyNameError:
                return ""

        return key


def lets_through(wanted: str | None, context: StateContext) -> bool:
    """Whether a filter is true of what a context speaks of."""
    return wanted is None or is_true(expand(wanted, context))
