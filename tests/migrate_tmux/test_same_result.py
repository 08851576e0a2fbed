"""What an import makes gives the keys, options and variables that the file itself gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.migrate_tmux.homes import CONFIGS, Home

# All but `old`, which no aimux and no present tmux loads.
LOADABLE = sorted(path.stem for path in CONFIGS.glob("*.conf") if path.stem != "old")


@pytest.mark.parametrize("name", LOADABLE)
def test_an_import_gives_what_the_file_gives_in_another_home_and_terminal(
    place: Path, name: str
) -> None:
    config = {"XDG_CONFIG_HOME": str(place / "config")}
    first = Home(place / "first", **config)
    first.take(name)
    first.do("import-tmux")
    other = {"TERM": "screen", "AIMUX_TMPDIR": str(place)}
    plain = Home(place / "other", **other)
    plain.take(name)
    itself = plain.state("-f", str(plain.directory / ".tmux.conf"))
    assert len(itself) > 350
    imported = Home(place / "other", **config, **other).state()
    assert imported == itself


def test_nothing_of_the_machine_is_in_the_result(place: Path) -> None:
    config = place / "config"
    home = Home(place / "first", XDG_CONFIG_HOME=str(config))
    home.take("order")
    home.do("import-tmux")
    texts = [path.read_text() for path in config.rglob("*.toml")]
    assert len(texts) == 2
    for text in texts:
        assert str(home.directory) not in text
        assert "xterm-256color" not in text
    assert "#{host}" in "".join(texts)


def test_an_import_can_be_loaded_again(place: Path) -> None:
    home = Home(place / "first", XDG_CONFIG_HOME=str(place / "config"))
    home.write("set -g @x '#(tmux display -p x)'\n")
    home.do("import-tmux")
    config = str(place / "config" / "aimux" / "config.toml")
    try:
        home.do("new-session", "-d")
        home.do("source-file", config)
        path = home.do("show-environment", "-g", "PATH")
    finally:
        home.run("kill-server")
    assert path.count("aimux/shim") == 1
