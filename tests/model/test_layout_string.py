"""Layout strings: what tmux 3.3a writes is read, and what it refuses is refused in its words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.errors import LayoutError
from aimux.ids import PaneId
from aimux.model.layout import Box
from aimux.model.layout_string import checksum, dump, parse_layout
from tests.real_tmux import RealTmux

THREE = "75a5,80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,39x11,41,13,2]}"
PANES = [PaneId(number) for number in range(3)]


def signed(body: str) -> str:
    return f"{checksum(body):04x},{body}"


@pytest.fixture(scope="module")
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealTmux]:
    real = RealTmux(tmp_path_factory.mktemp("layout") / Path("tmux"))
    real.start(columns=80, rows=24)
    real("split-window", "-h", "cat")
    real("split-window", "cat")
    yield real
    real.close()


def test_a_layout_of_tmux_is_read_and_written_unchanged(tmux: RealTmux) -> None:
    text = tmux("display-message", "-p", "#{window_layout}")
    assert dump(parse_layout(text, PANES)) == text


def test_a_cell_too_many_is_closed() -> None:
    text = signed("80x24,0,0{40x24,0,0,0,39x24,41,0[39x12,41,0,1,39x11,41,13,2]}")
    layout = parse_layout(text, PANES[:2])
    assert layout.boxes() == {0: Box(0, 0, 40, 24), 1: Box(41, 0, 39, 24)}


REFUSED = [
    "0000,80x24,0,0,0",
    THREE + "x",
    signed("80x24,0,0"),
    signed("80x24,0,0{40x24,0,0,0,39x24,41,0,1"),
    signed("80x24,0,0{40x24,0,0,0,39x24,41,0,1]"),
    signed("80x24,0,0(40x24,0,0,0)"),
    signed("80x,0,0,0"),
    signed("80x24,0,0{40x24,0,0,0,38x24,41,0[39x12,41,0,1,39x11,41,13,2]}"),
    signed("80x24,0,0{40x24,0,0,0,39x20,41,0[39x12,41,0,1,39x11,41,13,2]}"),
    signed("80x24,0,0{40x24,0,0,0,39x24,41,0,1}"),
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_tmux_refuses_is_refused_in_its_words(tmux: RealTmux, text: str) -> None:
    status, output = tmux.run("select-layout", text)
    assert status == 1
    with pytest.raises(LayoutError) as caught:
        parse_layout(text, PANES)
    assert str(caught.value) == output


@given(st.text(alphabet="0123456789x,[]{}", max_size=60))
def test_any_text_gives_a_layout_or_an_error_of_ours(body: str) -> None:
    try:
        layout = parse_layout(signed(body), PANES)
    except LayoutError:
        return
    assert layout.panes() == PANES
