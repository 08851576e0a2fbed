"""What a person sees of the whole program, as a picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from tests.end_to_end.world import PREFIX, World

COLUMNS, ROWS = 140, 40


def test_the_running_program_can_be_photographed(aimux: World, tmp_path: Path) -> None:
    terminal = aimux.attached(columns=COLUMNS, rows=ROWS)
    terminal.type(b"printf '\\033[41m  \\033[42m  \\033[44m  \\033[m colours\\n'\r")
    terminal.wait_for("colours")
    terminal.type(PREFIX + b"%")
    terminal.wait_for("│")
    terminal.type(b"echo be''side\r")
    terminal.wait_for("beside")
    path = tmp_path / "aimux.png"
    terminal.photograph(path)
    with Image.open(path) as picture:
        colors = {color for _, color in picture.convert("RGB").getcolors(1 << 20) or []}
        width, height = picture.size
    assert (width % COLUMNS, height % ROWS) == (0, 0)
    assert (width, height) > (COLUMNS, ROWS)
    assert {(0xEF, 0x29, 0x29), (0x8A, 0xE2, 0x34), (0x72, 0x9F, 0xCF)} <= colors
