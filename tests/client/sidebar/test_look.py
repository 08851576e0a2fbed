"""The panels' rows in a theme's colours."""

from __future__ import annotations

from rich.text import Text

from aimux.client.sidebar.colours import ATTENTION, FAILURE, HEADING, QUIET
from aimux.client.sidebar.look import in_colours
from aimux.client.sidebar.panel import styled
from aimux.protocol.server_messages import Look

NORD = Look(accent="#88c0d0", attention="#ebcb8b", failure="#ec9aa2", quiet="#aab4c5")


def row() -> Text:
    text = styled("head", HEADING)
    for word, style in (("wait", ATTENTION), ("fail", FAILURE), ("more", QUIET), ("text", "")):
        text.append_text(styled(word, style))
    return text


def styles(text: Text) -> list[str]:
    return [str(span.style) for span in text.spans]


def test_without_a_theme_a_row_is_as_its_panel_made_it() -> None:
    text = row()
    assert in_colours(text, Look()) is text


def test_a_theme_replaces_the_styles_and_no_text() -> None:
    text = row()
    before = styles(text)
    shown = in_colours(text, NORD)
    assert shown.plain == text.plain
    found = styles(shown)
    for colour in ("bold #88c0d0", "bold #ebcb8b", "bold #ec9aa2", "not bold #aab4c5"):
        assert colour in found
    assert styles(text) == before


def test_without_colours_what_matters_is_told_by_weight() -> None:
    found = styles(in_colours(row(), Look(colours=False)))
    assert not any(name in style for name in ("blue", "yellow", "red") for style in found)
    assert {"bold", "bold reverse", "bold underline", "dim"} <= set(found)
