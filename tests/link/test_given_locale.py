"""What the caller's locale was, before Python changed it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.link.given_locale import restore_locale

ASK = """
import os
from aimux.link.given_locale import restore_locale
from aimux.link.request import speaks_utf8
restore_locale(os.environ)
print(os.environ.get("LC_CTYPE"), speaks_utf8(os.environ))
"""


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="no Linux: nothing is known")
@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({}, "None False"),
        ({"LANG": "C"}, "None False"),
        ({"LC_ALL": "C"}, "None False"),
        ({"LC_CTYPE": "C.UTF-8"}, "C.UTF-8 True"),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, "C.UTF-8 True"),
        ({"LANG": "C.UTF-8"}, "None True"),
    ],
)
def test_a_terminal_is_utf8_only_where_the_caller_says_so(
    given: dict[str, str], answer: str
) -> None:
    environment = {"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).parents[2]), **given}
    command = (sys.executable, "-c", ASK)
    asked = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert asked.stdout == f"{answer}\n"


def test_where_the_start_is_not_known_the_locale_stays(tmp_path: Path) -> None:
    environment = {"LC_CTYPE": "C.UTF-8"}
    restore_locale(environment, str(tmp_path / "none"))
    assert environment == {"LC_CTYPE": "C.UTF-8"}
    (tmp_path / "start").write_bytes(b"LANG=C\0XLC_CTYPE=1\0")
    restore_locale(environment, str(tmp_path / "start"))
    assert environment == {}
