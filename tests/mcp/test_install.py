"""`aimux mcp install`: settings of four agents, changed and given back."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import pytest

from aimux.errors import LinkError
from aimux.mcp import settings_file
from aimux.mcp.install import run

FILES = {
    "claude-code": ".claude.json",
    "codex": ".codex/config.toml",
    "gemini-cli": ".gemini/settings.json",
    "opencode": ".config/opencode/opencode.jsonc",
}
SERVERS = {"codex": "mcp_servers", "opencode": "mcp"}
BEFORE = {
    "claude-code": '{\n  "numStartups": 3,\n  "mcpServers": {},\n  "é": [1,2]\n}',
    "codex": 'model = "x" # mine\n[tui]\na=1',
    "gemini-cli": '{"security":{"auth":1}}\n',
    "opencode": '// mine\n{\n\t"model": "m", // c\n}\n',
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for kind, name in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(BEFORE[kind])
        file.chmod(0o640)
    return tmp_path


def install(home: Path, *words: str, **settings: str) -> int:
    return run(("install", *words), {"HOME": str(home), **settings})


def entry(home: Path, kind: str) -> dict[str, object]:
    lines = (home / FILES[kind]).read_text().splitlines()
    text = "\n".join(line.partition("//")[0].rstrip() for line in lines)
    told = tomllib.loads(text) if kind == "codex" else json.loads(text.replace(",\n}", "\n}"))
    found: dict[str, object] = told[SERVERS.get(kind, "mcpServers")]["aimux"]
    return found


@pytest.mark.parametrize("kind", FILES)
def test_an_agent_is_told_and_its_file_is_given_back_byte_for_byte(home: Path, kind: str) -> None:
    assert install(home, kind) == 0
    told = entry(home, kind)
    command = told["command"]
    words = command if isinstance(command, list) else [command, *_list(told["args"])]
    assert words[-1] == "mcp"
    assert Path(str(words[0])).is_absolute()
    assert (home / FILES[kind]).stat().st_mode & 0o777 == 0o640
    assert install(home, "--undo", kind) == 0
    assert (home / FILES[kind]).read_text() == BEFORE[kind]


def _list(value: object) -> list[object]:
    assert isinstance(value, list)
    return value


def test_codex_hands_on_what_says_which_pane_it_is(home: Path) -> None:
    install(home, "codex")
    assert {"AIMUX", "AIMUX_PANE"} <= set(_list(entry(home, "codex")["env_vars"]))


def test_all_that_are_there_are_told_and_a_dry_run_tells_none(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert install(home, "--dry-run") == 0
    printed = capsys.readouterr().out
    assert {kind: (home / name).read_text() for kind, name in FILES.items()} == BEFORE
    assert install(home) == 0
    assert capsys.readouterr().out == printed
    assert all(f"{kind}:\n--- {home}" in printed for kind in FILES)
    assert install(home) == 1
    assert "mcpServers.aimux is there already" in capsys.readouterr().err
    assert install(home, "--undo") == 0
    assert {kind: (home / name).read_text() for kind, name in FILES.items()} == BEFORE


def test_a_file_that_was_not_there_is_gone_again(tmp_path: Path) -> None:
    (tmp_path / ".gemini").mkdir()
    assert install(tmp_path) == 0
    assert (tmp_path / ".gemini/settings.json").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / ".claude.json").exists()
    assert install(tmp_path, "--undo") == 0
    assert list((tmp_path / ".gemini").iterdir()) == []


def test_other_directories_of_settings_count(tmp_path: Path) -> None:
    settings = {"CODEX_HOME": str(tmp_path / "c"), "CLAUDE_CONFIG_DIR": str(tmp_path / "d")}
    assert install(tmp_path, "codex", "claude-code", **settings) == 0
    assert (tmp_path / "c/config.toml").exists()
    assert (tmp_path / "d/.claude.json").exists()


def test_it_is_taken_out_of_a_file_that_the_agent_wrote_anew(home: Path) -> None:
    install(home, "gemini-cli")
    file = home / FILES["gemini-cli"]
    told = json.loads(file.read_text()) | {"later": True}
    file.write_text(json.dumps(told, indent=4))
    assert install(home, "--undo", "gemini-cli") == 0
    assert json.loads(file.read_text()) == {"security": {"auth": 1}, "later": True}


@pytest.mark.parametrize("kind", FILES)
def test_what_somebody_changed_is_left_alone(
    home: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    install(home, kind)
    file = home / FILES[kind]
    changed = file.read_text().replace('"mcp"]', '"mcp", "x"]').replace('"mcp"\n', '"mcp", "x"\n')
    changed = changed.replace('"enabled": true', '"enabled": false')
    file.write_text(changed)
    assert install(home, "--undo", kind) == 1
    assert file.read_text() == changed
    assert "by hand" in capsys.readouterr().err


def test_a_file_that_changes_meanwhile_is_not_written(home: Path) -> None:
    file = home / FILES["codex"]
    before = settings_file.read(file)
    file.write_text("a = 2\n")
    with pytest.raises(LinkError, match="was changed just now"):
        settings_file.replace(before, b"mine")
    assert file.read_text() == "a = 2\n"
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]


def test_a_link_is_kept_and_what_is_no_file_of_ours_refused(home: Path) -> None:
    file, real = home / FILES["codex"], home / "dotfiles.toml"
    file.rename(real)
    file.symlink_to(real)
    assert install(home, "codex") == 0
    assert file.is_symlink()
    assert "aimux" in real.read_text()
    other = home / FILES["gemini-cli"]
    other.unlink()
    os.mkfifo(other)
    assert install(home, "gemini-cli") == 1


@pytest.mark.parametrize("text", ["{", '{"mcpServers": 5}', "[]"])
def test_settings_that_cannot_be_read_are_left_alone(home: Path, text: str) -> None:
    file = home / FILES["claude-code"]
    file.write_text(text)
    assert install(home, "claude-code") == 1
    assert file.read_text() == text
    assert install(home, "--undo", "claude-code") == 1


@pytest.mark.parametrize("words", [("remove",), ("install", "zed"), ("install", "--now")])
def test_a_wrong_command_line_is_refused(tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(LinkError, match="usage: aimux mcp install"):
        run(words, {"HOME": str(tmp_path)})
