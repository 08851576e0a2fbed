import pytest

from aimux.vt.clusters import MAXIMUM_MARKS, is_odd, is_wide, join, layout
from aimux.vt.row import SPACER


@pytest.mark.parametrize(
    ("text", "cells", "clusters"),
    [
        ("abc", "abc", {}),
        ("a好b", f"a好{SPACER}b", {}),
        ("e\u0301x", "ex", {0: "e\u0301"}),
        ("a👩\u200d💻b", f"a👩{SPACER}b", {1: "👩\u200d💻"}),
        ("❤\ufe0fb", "❤b", {0: "❤\ufe0f"}),
        ("🇫🇷", "🇫🇷", {}),
        ("好\u0301吗", f"好{SPACER}吗{SPACER}", {0: "好\u0301"}),
    ],
)
def test_text_becomes_cells(text, cells, clusters) -> None:
    assert layout(text) == (cells, clusters)


def test_a_long_cluster_keeps_eight_marks() -> None:
    assert layout("e" + "\u0301" * 20 + "x") == ("ex", {0: "e" + "\u0301" * MAXIMUM_MARKS})


def test_what_does_not_join_a_full_cluster_gets_its_own_cell() -> None:
    cells, clusters = layout("👩" + "\u0301" * 8 + "\u200d💻")
    assert cells == f"👩{SPACER}💻{SPACER}"
    assert clusters == {0: "👩" + "\u0301" * 8}


def test_a_full_cluster_is_unchanged() -> None:
    assert join("a" * 9, "b") == "a" * 9


@pytest.mark.parametrize("text", ["abc", "éß", "─│┌", "\ue0b0"])
def test_one_cell_characters_are_not_odd(text) -> None:
    assert not is_odd(text)


def test_wide_characters_are_wide() -> None:
    assert all(map(is_wide, "好한😀🚀"))
    assert not any(map(is_wide, "aé─🇫"))
