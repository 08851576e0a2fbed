"""Themes: every one that aimux comes with can be read, and what is read can be told apart."""

from __future__ import annotations

import pytest

from aimux.data import data_names, load_data
from aimux.errors import ParseError
from aimux.model.option_row import Scope
from aimux.model.theme import DEFAULT_THEME, OPTION_STYLES, ROLES, Theme, read_theme
from aimux.styles.colour import RGB, parse_colour
from aimux.styles.style import PLAIN, Style, parse_style

LEGIBLE = 4.5  # WCAG 2.2, 1.4.3
LINES = 3.0  # and 1.4.11
THEMES = {name: read_theme(load_data("themes", name), name) for name in data_names("themes")}
COLOURED = [theme for theme in THEMES.values() if theme.colours]
COLOURS = dict.fromkeys(ROLES, "#123456")


def luminance(colour: int) -> float:
    assert colour & RGB, "a theme says exactly which colour it means"
    channels = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: int, other: int) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def role(theme: Theme, name: str) -> int:
    return parse_colour(theme.colours[name])


def on(theme: Theme, name: str, base: Style = PLAIN) -> Style:
    return parse_style(theme.options[name], base, base)


def test_the_themes_that_were_promised_are_there() -> None:
    assert set(THEMES) == {
        *("aimux-dark", "aimux-light", "nord", "dracula", "tokyo-night", "high-contrast"),
        *(f"catppuccin-{flavour}" for flavour in ("latte", "frappe", "macchiato", "mocha")),
        *("gruvbox-dark", "gruvbox-light", "solarized-dark", "solarized-light", "terminal"),
    }


def test_the_default_theme_changes_nothing() -> None:
    theme = THEMES[DEFAULT_THEME]
    assert (theme.colours, theme.options) == ({}, {})


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_text_can_be_read_on_the_status_line_and_on_the_sidebar(theme: Theme) -> None:
    for name in ("text", "quiet", "accent", "attention", "failure"):
        for base in ("background", "surface"):
            ratio = contrast(role(theme, name), role(theme, base))
            assert ratio >= LEGIBLE, (name, base, ratio)
    status = on(theme, "status-style")
    for name in OPTION_STYLES:
        if name.endswith("colour"):
            continue
        style = on(theme, name, status if "status" in name else PLAIN)
        if style.bg >= 0 and style.fg >= 0:
            assert contrast(style.fg, style.bg) >= LEGIBLE, name


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_lines_can_be_seen(theme: Theme) -> None:
    for name in ("border", "accent"):
        assert contrast(role(theme, name), role(theme, "background")) >= LINES


def test_high_contrast_means_seven_to_one() -> None:
    theme = THEMES["high-contrast"]
    for name in ("text", "quiet", "accent", "attention", "failure"):
        assert contrast(role(theme, name), role(theme, "background")) >= 7


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_a_theme_is_as_dark_as_it_says(theme: Theme) -> None:
    is_dark = luminance(role(theme, "background")) < luminance(role(theme, "text"))
    assert theme.appearance == ("dark" if is_dark else "light")
    assert theme.description


def test_an_option_of_the_file_wins_over_the_colours() -> None:
    document = {"colours": COLOURS, "options": {"status-style": "bg=red", "mode-style": "bold"}}
    theme = read_theme(document, "mine")
    assert theme.options_of(Scope.SESSION)["status-style"] == "bg=red"
    assert theme.options_of(Scope.WINDOW)["mode-style"] == "bold"
    assert "mode-style" not in theme.options_of(Scope.SESSION)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"colours": {"text": "#000000"}}, "colours: missing: background"),
        ({"colours": {**COLOURS, "pink": "red"}}, "colours: unknown: pink"),
        ({"colours": {**COLOURS, "text": "reddish"}}, "bad colour: reddish"),
        ({"colours": {**COLOURS, "text": 1}}, "colours: not a text: text"),
        ({"colours": "blue"}, "colours: not a table"),
        ({"appearance": "loud"}, "appearance: loud"),
        ({"options": {"status-left": "x"}}, "options: no style: status-left"),
        ({"options": {"nonsense": "x"}}, "options: no style: nonsense"),
        ({"options": {"clock-mode-colour": "x"}}, "bad colour: x"),
    ],
)
def test_a_wrong_theme_says_what_is_wrong(document: dict[str, object], message: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_theme(document, "mine")
    assert str(caught.value) == f"theme mine: {message}"


@pytest.mark.parametrize("style", ["#(touch x)", "#{pane_title}", "fg=#{@x}", "bg=red,#(x)"])
def test_a_theme_runs_nothing(style: str) -> None:
    with pytest.raises(ParseError, match="invalid style"):
        read_theme({"options": {"status-style": style}}, "mine")
