"""What options allow a program that draws: asked when it tries, so nothing is kept in step."""

from __future__ import annotations


class Rules:
    """What a screen does unless somebody says otherwise."""

    def has_alternate(self) -> bool:
        """Whether programs may use the alternate screen."""
        return True

    def keeps_cleared(self) -> bool:
        """Whether what clears the whole screen moves it into the history."""
        return True

    def default_colour(self, index: int) -> int | None:
        """The 24-bit colour of the palette at 0..255; None for xterm's."""
        del index
        return None
