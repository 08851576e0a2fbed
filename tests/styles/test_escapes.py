"""Text of programs in lines that are drawn."""

from __future__ import annotations

import pytest

from aimux.styles.draw import draw
from aimux.styles.escapes import literal


@pytest.mark.parametrize(
    "text", ["#[fg=red]x", "##[fg=red]x", "###[x", "a#", "a##", "a #b", "[#", "#", "####["]
)
def test_what_is_literal_is_drawn_as_it_stands_and_begins_no_style(text: str) -> None:
    drawn = draw(f"{literal(text)}[fg=blue]", columns=30, depth=16).text
    assert drawn.startswith(f"{text}[fg=blue]")
