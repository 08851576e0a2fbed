"""Style strings."""

import pytest

from aimux.errors import OptionError
from aimux.styles.colour import DEFAULT, RGB
from aimux.styles.style import (
    BOLD,
    PLAIN,
    REVERSE,
    UNDERSCORE,
    Style,
    overlay,
    parse_style,
)
from tests.styles.spelling import style_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "default"),
        ("default", "default"),
        ("bold fg=red\n,, bg=colour4", "fg=red,bg=colour4,bright"),
        ("FG=Red,BOLD", "fg=red,bright"),
        ("fg=red,fg=default", "default"),
        ("bold,underscore,nobold", "underscore"),
        ("bold|dim", "bright,dim"),
        ("bold,none", "default"),
        ("align=absolute-centre,list=left-marker", "list=left-marker,align=absolute-centre"),
        ("list=on,nolist,align=left,noalign,range=left,norange", "default"),
        ("range=window|007", "range=window|7"),
        ("range=pane|%3", "range=pane|%3"),
        ("range=session|$3", "range=session|$3"),
        ("range=user|Menu", "range=user|Menu"),
        ("range=nosuch|3", "default"),
        ("fill=#ff0000,us=blue,curly-underscore", "fill=#ff0000,us=blue,curly-underscore"),
        ("push-default", "push-default"),
        ("noitalics,nonone", "default"),
    ],
)
def test_a_style_is_shown_in_tmuxs_spelling_and_order(text: str, shown: str) -> None:
    assert style_text(parse_style(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "nosuch",
        "fg=",
        "fg=nosuch",
        "xg=red",
        "align=middle",
        "list=off",
        "range=window",
        "range=window|",
        "range=window|x",
        "range=left|1",
        "bold|",
        "no",
        "bold,nosuch",
        "x" * 300,
    ],
)
def test_what_is_no_style_is_refused_in_tmuxs_words(text: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse_style(text)
    assert str(caught.value) == f"invalid style: {text}"


def test_default_returns_to_the_base_and_leaves_the_place_on_the_line_alone() -> None:
    base = Style(fg=2, bg=3, attributes=BOLD)
    current = Style(fg=5, attributes=REVERSE, align="right", range_kind="left")
    assert parse_style("default", base, current) == Style(
        fg=2, bg=3, attributes=BOLD, align="right", range_kind="left"
    )
    assert parse_style("bg=default", base, current).bg == 3


def test_an_overlay_adds_attributes_and_replaces_only_the_colours_it_sets() -> None:
    assert overlay(Style(fg=1, bg=2, attributes=BOLD), Style(bg=4, attributes=UNDERSCORE)) == Style(
        fg=1, bg=4, attributes=BOLD | UNDERSCORE
    )


def test_the_spelling_of_a_style_is_read_back_as_the_same_style() -> None:
    style = Style(
        fg=200,
        bg=RGB | 0x102030,
        us=1,
        attributes=BOLD | UNDERSCORE,
        fill=4,
        align="centre",
        list_part="focus",
        range_kind="window",
        range_argument="12",
    )
    assert parse_style(style_text(style)) == style
    assert PLAIN.fg == DEFAULT
