"""The recordings beside the tests, and what a person says of them."""

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import zstandard

from aimux.semantic.rendering import joined_rows, logical_lines
from aimux.vt.engine import Engine

FAILING_RUN = [
    *[f"test_calc.py::test_many[{n}] PASSED   [ {n}%]" for n in range(80)],
    "=================== FAILURES ===================",
    "___________________ test_add ___________________",
    "",
    "    def test_add():",
    "        total = add(2, 2)",
    ">       assert total == 5",
    "E       assert 4 == 5",
    "",
    "test_calc.py:7: AssertionError",
    "--- Captured stdout call ---",
    *[f"noise {n}" for n in range(60)],
    "============ short test summary info ===========",
    "FAILED test_calc.py::test_add - assert 4 == 5",
    "========= 1 failed, 80 passed in 0.17s =========",
]

FOLDER = Path(__file__).parent / "captured"


@dataclass(frozen=True)
class Recording:
    """One recording with its label."""

    folder: Path
    label: dict[str, Any]

    @property
    def name(self) -> str:
        """How a test calls it."""
        return str(self.label["file"]).removesuffix(".zst").removesuffix(".ansi")

    def data(self) -> bytes:
        """What the tool wrote."""
        data = (self.folder / self.label["file"]).read_bytes()
        if self.label["file"].endswith(".zst"):
            return zstandard.ZstdDecompressor().decompressobj().decompress(data)
        return data

    def lines(self) -> list[str]:
        """As the terminal shows them."""
        return logical_lines(self.data(), columns=self.label["cols"])

    def cut_lines(self, seed: int) -> list[str]:
        """The same, fed in pieces cut anywhere."""
        source, data = random.Random(seed), self.data()  # noqa: S311  # not for secrets
        engine = Engine(self.label["cols"], 24, history_limit=200_000)
        at = 0
        while at < len(data):
            size = source.choice([1, 2, 7, 60, 800])
            engine.feed(data[at : at + size])
            at += size
        return joined_rows([*engine.history, *engine.rows])


def recordings() -> list[Recording]:
    """All of them."""
    return [
        Recording(folder, label)
        for folder in (FOLDER, FOLDER / "given")
        for label in json.loads((folder / "index.json").read_text(encoding="utf-8"))["captures"]
    ]
