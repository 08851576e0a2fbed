"""The arrangements by name; their sizes are compared with tmux's in `test_layout`."""

from __future__ import annotations

import pytest

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.layout import Box
from aimux.model.layout_presets import PRESETS, PresetSizes, preset, preset_index

PANES = [PaneId(number) for number in range(3)]


@pytest.mark.parametrize(
    ("name", "index"),
    [("tiled", 4), ("even-h", 0), ("t", 4), ("main-v", 3), ("main", None), ("x", None), ("", None)],
)
def test_a_beginning_that_only_one_has_is_enough(name: str, index: int | None) -> None:
    assert preset_index(name) == index


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(LayoutError, match=r"^unknown layout: x$"):
        preset("x", PANES, columns=80, rows=24)


@pytest.mark.parametrize("name", PRESETS)
def test_one_pane_has_the_whole_window_in_every_arrangement(name: str) -> None:
    layout = preset(name, PANES[:1], columns=80, rows=24)
    assert layout.boxes() == {0: Box(0, 0, 80, 24)}


def test_a_window_grows_where_its_panes_do_not_fit() -> None:
    layout = preset("even-vertical", PANES, columns=80, rows=4)
    assert (layout.columns, layout.rows) == (80, 5)


def test_a_percentage_is_of_what_the_border_leaves() -> None:
    sizes = PresetSizes(main_width="50%")
    layout = preset("main-vertical", PANES, columns=81, rows=24, sizes=sizes)
    assert layout.boxes()[PANES[0]] == Box(0, 0, 40, 24)
