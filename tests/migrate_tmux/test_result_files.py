from __future__ import annotations

from pathlib import Path

import pytest

from aimux.errors import PathError
from migrate_tmux.result_files import Existing, write_files


def test_a_file_that_stands_there_is_left_and_nothing_is_written(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("mine")
    with pytest.raises(PathError, match=r"old exists: use --backup to keep a copy, or --force"):
        write_files({new: "x", old: "y"}, Existing.REFUSE)
    assert old.read_text() == "mine"
    assert not new.exists()


def test_a_backup_keeps_every_older_one(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file"
    assert write_files({path: "1"}, Existing.BACK_UP) == []
    first = write_files({path: "2"}, Existing.BACK_UP)
    second = write_files({path: "3"}, Existing.BACK_UP)
    assert [one.read_text() for one in first + second] == ["1", "2"]
    assert path.read_text() == "3"


def test_the_same_text_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_files({path: "1"}, Existing.REFUSE)
    assert write_files({path: "1"}, Existing.REFUSE) == []


def test_force_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("1")
    assert write_files({path: "2"}, Existing.OVERWRITE) == []
    assert path.read_text() == "2"
