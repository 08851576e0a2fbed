"""The format variables of the theme's colours; aimux's own.

With them a style says what it means: `fg=#{theme_attention}` is the theme's amber, or the
terminal's yellow where the theme leaves the terminal its own colours.
"""

from __future__ import annotations

from aimux.commands.format_scope import Reader, Scope
from aimux.model.theme import ROLES


def _of_role(role: str) -> Reader:
    def reader(scope: Scope) -> str:
        return scope.state.theme.colour(role)

    return reader


THEME_VARIABLES: dict[str, Reader] = {f"theme_{role}": _of_role(role) for role in ROLES}
"""Each role's colour, as a style takes it."""
