"""What a pane's options allow its program: `aimux.vt.rules.Rules` by options."""

from __future__ import annotations

from aimux.model.options import Options
from aimux.styles.colour import colour_rgb, parse_colour
from aimux.vt.overriding import override
from aimux.vt.rules import Rules


class OptionRules(Rules):
    """The rules of a pane whose options these are."""

    def __init__(self, options: Options) -> None:
        self._options = options

    @override
    def has_alternate(self) -> bool:
        return self._options.flag("alternate-screen")

    @override
    def keeps_cleared(self) -> bool:
        return self._options.flag("scroll-on-clear")

    @override
    def default_colour(self, index: int) -> int | None:
        text = self._options.items("pane-colours").get(index)
        colour = parse_colour(str(text)) if text is not None else -1
        return colour_rgb(colour) if colour >= 0 else None
