"""Hooks are put into agents' files, beside what a person has, and taken out again."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from aimux.errors import LinkError
from aimux.integrations import agent_setup
from aimux.integrations.agent_hooks import report_command, tap_command, theirs_of

CLAUDE = """{
    "model": "opus",
    "statusLine": {
        "type": "command",
        "command": "printf '%s' \\"it's $(jq -r .model.id)\\"",
        "padding": 0
    },
    "hooks": {
        "Stop": [{"hooks": [{"type": "command", "command": "afplay done.aiff"}]}],
        "PreToolUse": [{"matcher": "Bash", "hooks": [{"type": "command", "command": "guard"}]}]
    },
    "permissions": {"allow": ["Bash(ls:*)"]}
}
"""
CODEX = '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"say done"}]}]}}'
GEMINI = """{
  "security": {"auth": {"selectedType": "gemini-api-key"}},
  "ui": {"theme": "Ünïcode ✦"}
}"""
FILES = {
    "claude-code": (".claude/settings.json", CLAUDE),
    "codex": (".codex/hooks.json", CODEX),
    "gemini-cli": (".gemini/settings.json", GEMINI),
    "opencode": (".config/opencode/plugins/aimux.js", None),
}


@dataclass
class Person:
    home: Path
    capture: pytest.CaptureFixture[str]

    def setup(self, *words: str) -> str:
        assert agent_setup.main(words) == 0
        return self.capture.readouterr().out

    def file(self, kind: str, text: str | None = None) -> Path:
        path = self.home / FILES[kind][0]
        content = text if text is not None else FILES[kind][1]
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return path


@pytest.fixture
def person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Person:
    for name in ("CLAUDE_CONFIG_DIR", "CODEX_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Person(tmp_path, capsys)


@pytest.mark.parametrize("kind", FILES)
def test_what_was_set_up_is_undone_byte_for_byte(person: Person, kind: str) -> None:
    path = person.file(kind)
    before = path.read_bytes() if path.exists() else None
    told = person.setup(kind)
    assert told.startswith(f"--- {path}\n+++ {path}\n")
    assert f"aimux agent report {kind}" in told or kind == "opencode"
    assert person.setup(kind) == f"{path}: as it should be\n"
    person.setup(kind, "--undo")
    assert (path.read_bytes() if path.exists() else None) == before
    with pytest.raises(LinkError, match="was not set up"):
        person.setup(kind, "--undo")


@pytest.mark.parametrize("kind", FILES)
def test_a_dry_run_shows_and_writes_nothing(person: Person, kind: str) -> None:
    path = person.file(kind)
    before = path.read_bytes() if path.exists() else None
    assert "+" in person.setup(kind, "--dry-run")
    assert (path.read_bytes() if path.exists() else None) == before


def test_what_a_person_has_stays_beside_ours(person: Person) -> None:
    path = person.file("claude-code")
    path.chmod(0o600)
    person.setup("claude-code")
    found = json.loads(path.read_text())
    assert (found["model"], found["permissions"]) == ("opus", {"allow": ["Bash(ls:*)"]})
    assert found["hooks"]["PreToolUse"] == json.loads(CLAUDE)["hooks"]["PreToolUse"]
    theirs, ours = found["hooks"]["Stop"]
    assert theirs == json.loads(CLAUDE)["hooks"]["Stop"][0]
    assert ours["hooks"][0]["command"] == report_command("claude-code", "Stop")
    assert found["statusLine"]["padding"] == 0
    assert path.read_text().startswith('{\n    "model"')
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_was_written_since_stays_and_only_ours_goes(person: Person) -> None:
    path = person.file("claude-code")
    person.setup("claude-code")
    found = json.loads(path.read_text())
    path.write_text(json.dumps({**found, "model": "haiku"}))
    person.setup("claude-code", "--undo")
    assert json.loads(path.read_text()) == {**json.loads(CLAUDE), "model": "haiku"}


def test_setting_up_anew_keeps_what_was_written_since(person: Person) -> None:
    path = person.file("claude-code")
    person.setup("claude-code")
    found = json.loads(path.read_text())
    path.write_text(json.dumps({**found, "model": "haiku", "statusLine": {"type": "command"}}))
    person.setup("claude-code")
    person.setup("claude-code", "--undo")
    assert json.loads(path.read_text())["model"] == "haiku"
    assert "aimux" not in path.read_text()


def test_ours_that_a_person_changed_are_left_alone(person: Person) -> None:
    path = person.file("claude-code")
    person.setup("claude-code")
    changed = path.read_text().replace(">/dev/null", ">>/tmp/log")
    path.write_text(changed)
    with pytest.raises(LinkError, match="what aimux wrote was changed"):
        person.setup("claude-code", "--undo")
    assert path.read_text() == changed


@pytest.mark.parametrize("text", ['{"a": 1, // comment\n}', "[1]", '{"hooks": []}', "{"])
def test_a_file_that_is_not_understood_is_not_touched(person: Person, text: str) -> None:
    path = person.file("gemini-cli", text)
    with pytest.raises(LinkError, match="nothing was changed"):
        person.setup("gemini-cli")
    assert path.read_text() == text


def test_a_link_into_a_persons_own_files_stays_one(person: Person) -> None:
    real = person.home / "dotfiles.json"
    real.write_text(CLAUDE)
    link = person.home / ".claude" / "settings.json"
    link.parent.mkdir()
    link.symlink_to(real)
    person.setup("claude-code")
    assert link.is_symlink()
    assert "aimux agent report" in real.read_text()


def run(line: str, directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A hook's line as an agent runs it; the `aimux` in PATH notes what it is given."""
    program = directory / "aimux"
    program.write_text(
        f"#!/bin/sh\ncat > {directory}/given.new; echo noise; "
        f"mv {directory}/given.new {directory}/given\n"
    )
    program.chmod(0o755)
    return subprocess.run(
        ["/bin/sh", "-c", line],
        input='{"a": "b c"}',
        env={"PATH": f"{directory}:{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_a_hook_hands_its_event_on_in_a_pane_only_and_says_nothing(tmp_path: Path) -> None:
    for environment, given in (({}, False), ({"AIMUX_PANE": "%1"}, True)):
        done = run(report_command("codex"), tmp_path, **environment)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert (tmp_path / "given").exists() is given
    assert (tmp_path / "given").read_text() == '{"a": "b c"}'


def test_a_hook_does_not_fail_without_aimux(tmp_path: Path) -> None:
    line = report_command("codex")
    environment = {"PATH": str(tmp_path), "AIMUX_PANE": "%1"}
    done = subprocess.run(
        ["/bin/sh", "-c", line], env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_a_tapped_status_line_shows_what_it_showed(tmp_path: Path) -> None:
    theirs = """tr a-z A-Z; printf " it's %s" "$X" """
    done = run(tap_command(theirs), tmp_path, X="me & you")
    assert (done.returncode, done.stdout) == (0, '{"A": "B C"} it\'s me & you')
    assert theirs_of(tap_command(theirs)) == theirs
    assert theirs_of(tap_command("")) == ""
    assert run(tap_command(""), tmp_path).stdout == ""


def test_the_plugin_is_javascript_that_names_its_events(person: Person) -> None:
    person.setup("opencode")
    text = person.file("opencode").read_text()
    assert '"session.idle"' in text
    assert '["agent", "report", "opencode"]' in text
    assert "{{" not in text


@pytest.mark.parametrize("words", [("nothing",), ("--bogus",), ("codex", "gemini-cli")])
def test_wrong_words_are_refused(person: Person, words: tuple[str, ...]) -> None:
    with pytest.raises(LinkError, match=r"no setup for nothing|usage: aimux agent setup"):
        person.setup(*words)
