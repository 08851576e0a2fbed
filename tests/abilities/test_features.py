from __future__ import annotations

import pytest

from aimux.abilities.features import (
    FEATURE_OF_CAPABILITY,
    FEATURES,
    FEATURES_OF_PROGRAM,
    abilities,
    is_plain,
)

TRUE_COLOUR = 1 << 24


@pytest.mark.parametrize(
    ("term", "depth", "has", "shown"),
    [
        ("xterm-256color", 256, (), 256),
        ("xterm-256color", 256, ("RGB",), TRUE_COLOUR),
        ("xterm", 16, ("256",), 256),
        ("xterm", TRUE_COLOUR, (), TRUE_COLOUR),
        ("linux", 16, (), 16),
        ("vt220", 16, (), 2),
        ("xterm-mono", 16, (), 2),
    ],
)
def test_the_depth_is_the_most_that_is_known(
    term: str, depth: int, has: tuple[str, ...], shown: int
) -> None:
    assert abilities(term, depth=depth, has=frozenset(has)).depth == shown


def test_an_old_console_is_given_nothing_it_may_show_as_letters() -> None:
    assert is_plain("linux")
    assert abilities("linux", depth=16).features == frozenset()


def test_what_a_terminal_lacks_is_not_used_unless_it_says_that_it_has_it() -> None:
    lacks = frozenset({"usstyle"})
    assert "usstyle" in abilities("xterm", depth=16).features
    assert "usstyle" not in abilities("xterm", depth=16, lacks=lacks).features
    assert "usstyle" in abilities("xterm", depth=16, has=lacks, lacks=lacks).features


def test_the_person_knows_better_than_the_terminal() -> None:
    rows = ("xterm*:RGB:sync", "foot*:sixel", "xterm*:nonsense")
    found = abilities("xterm-256color", depth=256, features=rows)
    assert found.depth == TRUE_COLOUR
    assert {"RGB", "sync"} <= found.features
    assert not {"sixel", "nonsense"} & found.features
    assert abilities("xterm", depth=16, named="256,sync:RGB").depth == TRUE_COLOUR


@pytest.mark.parametrize(
    ("override", "shown"),
    [
        ("*:Tc", TRUE_COLOUR),
        ("xterm*:RGB", TRUE_COLOUR),
        ("*:colors=16", 16),
        ("*:colors=2", 2),
        ("*:setaf@", 2),
        ("foot:Tc", 256),
    ],
)
def test_an_override_has_the_last_word_about_colours(override: str, shown: int) -> None:
    assert abilities("xterm-256color", depth=256, overrides=(override,)).depth == shown


def test_an_override_takes_a_feature_away() -> None:
    found = abilities("xterm", depth=16, overrides=("xterm*:Ms@:Smulx@:Sync",))
    assert not {"clipboard", "usstyle"} & found.features
    assert "sync" in found.features


def test_who_wants_no_colour_gets_none() -> None:
    found = abilities("xterm", depth=TRUE_COLOUR, has=frozenset({"RGB"}), no_colour=True)
    assert found.depth == 2
    assert not {"RGB", "256"} & found.features


def test_every_feature_that_is_spoken_of_is_known() -> None:
    spoken = {name for row in FEATURES_OF_PROGRAM.values() for name in row}
    assert spoken | set(FEATURE_OF_CAPABILITY.values()) <= FEATURES.keys()
