from pathlib import Path

import pytest

from aimux import data
from aimux.errors import PathError


def test_the_keymap_of_tmux_is_found() -> None:
    assert "tmux" in data.data_names("keymaps")
    assert data.load_data("keymaps", "tmux")["name"] == "tmux"


def test_the_package_comes_before_what_is_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "aimux"
    (tmp_path / "themes").mkdir()
    monkeypatch.setattr(data, "_PACKAGE", package)
    assert data.data_directory("themes") == tmp_path / "themes"
    (package / "themes").mkdir(parents=True)
    assert data.data_directory("themes") == package / "themes"
    with pytest.raises(PathError, match="no keymaps found"):
        data.data_directory("keymaps")


@pytest.mark.parametrize("name", ["", "../tmux", "/etc/passwd", "a/b", ".hidden", "x" * 65])
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(PathError, match="not a name of keymaps"):
        data.load_data("keymaps", name)


def test_what_cannot_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.toml"
    with pytest.raises(PathError, match="No such file or directory"):
        data.read_data(path)
    path.write_bytes(b"a = \xff")
    with pytest.raises(PathError, match=r"x\.toml: "):
        data.read_data(path)
    path.write_bytes(b"a = 1")
    assert data.read_data(path) == {"a": 1}
    monkeypatch.setattr(data, "MAXIMUM_BYTES", 4)
    with pytest.raises(PathError, match="too big"):
        data.read_data(path)
