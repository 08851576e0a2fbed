"""Words of tools, and of versions of them, that no recording holds."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from aimux.semantic.recognise import Recogniser

CASES = tomllib.loads(Path(__file__).with_name("formats.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["command"])
def test_a_format_is_understood(case: dict[str, Any]) -> None:
    recogniser = Recogniser(case["command"])
    for line in case["text"].split("\n"):
        recogniser.feed(line)
    result = recogniser.result(case.get("exit_code"))
    said = {"tool": result.tool, "kind": result.kind, "status": result.status, **result.facts}
    for name, value in case["expect"].items():
        got = said[name]
        assert (list(got) if isinstance(got, tuple) else got) == value
