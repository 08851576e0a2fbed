"""`aimux agent explain --screen`: recorded bytes in, the state by screen rules out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aimux.agents import explain
from aimux.errors import CommandError

SCREENS = Path(__file__).parent / "screens"
SIZE = ["--rows", "40", "--columns", "120"]


@pytest.mark.parametrize(
    ("file", "kind", "state", "reason"),
    [
        ("claude_first2.step0.ansi", "claude-code", "waiting", "dialog"),
        ("claude_full.permission.ansi", "claude-code", "waiting", "permission"),
        ("codex_one.start.ansi", "codex", "waiting", "dialog"),
        ("gemini_one.start.ansi", "gemini-cli", "idle", ""),
    ],
)
def test_a_recording_is_explained(capsys, file, kind, state, reason):
    assert explain.main(["--screen", str(SCREENS / file), "--kind", kind, *SIZE, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["state"], answer["reason"], answer["source"]) == (state, reason, "screen")


def test_a_screen_that_no_rule_knows_is_unknown(capsys, tmp_path):
    file = tmp_path / "empty"
    file.write_bytes(b"nothing that an agent draws")
    assert explain.main(["--screen", str(file), "--kind", "claude-code"]) == 0
    assert capsys.readouterr().out == "unknown [screen rule: none fits]\n"


def test_it_is_a_command(tmp_path):
    file = tmp_path / "empty"
    file.write_bytes(b"")
    words = ["agent", "explain", "--screen", str(file), "--kind", "codex", "--json"]
    ran = subprocess.run(
        [sys.executable, "-m", "aimux", *words], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["state"] == "unknown"


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ([], "usage:"),
        (["--screen", "x", "--kind", "nobody"], "unknown kind: nobody"),
        (["--screen", "/nonexistent/file", "--kind", "codex"], "No such file or directory"),
        (["--screen", "x", "--kind", "codex", "--rows", "0"], "rows too small: 0"),
        (["--screen", "x", "--kind", "codex", "--columns", "a"], "columns invalid: a"),
        (["--screen"], "usage:"),
    ],
)
def test_wrong_words_are_told(words, error):
    with pytest.raises(CommandError, match=error):
        explain.main(words)
