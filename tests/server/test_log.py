from __future__ import annotations

import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aimux.server.log import FILES, MAX_BYTES, open_log

log = logging.getLogger("aimux.test")


@pytest.fixture(autouse=True)
def untouched_logging() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, hook = list(root.handlers), root.level, sys.excepthook
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    sys.excepthook = hook


def opened(directory: Path, *, verbose: int = 0) -> Path:
    path = open_log({"XDG_STATE_HOME": str(directory)}, label="work", verbose=verbose)
    assert path == directory / "aimux/server-work.log"
    return path


def test_the_file_is_private(tmp_path: Path) -> None:
    path = opened(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(("verbose", "expected"), [(0, "w"), (1, "wi"), (2, "wid"), (9, "wid")])
def test_each_v_says_more(tmp_path: Path, verbose: int, expected: str) -> None:
    path = opened(tmp_path, verbose=verbose)
    log.warning("w")
    log.info("i")
    log.debug("d")
    assert "".join(line[-1] for line in path.read_text().splitlines()) == expected


def test_the_files_are_rotated_and_bounded(tmp_path: Path) -> None:
    path = opened(tmp_path)
    for _ in range(5 * MAX_BYTES // 10_000):
        log.warning("x" * 10_000)
    files = list(path.parent.iterdir())
    assert len(files) == FILES
    assert max(file.stat().st_size for file in files) <= MAX_BYTES
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_link_is_not_followed_and_the_server_goes_on(tmp_path: Path) -> None:
    (tmp_path / "aimux").mkdir()
    (tmp_path / "aimux/server-work.log").symlink_to(tmp_path / "target")
    assert open_log({"XDG_STATE_HOME": str(tmp_path)}, label="work", verbose=0) is None
    log.warning("said to nobody")
    assert not (tmp_path / "target").exists()


def test_without_a_state_directory_nothing_is_written() -> None:
    assert open_log({"XDG_STATE_HOME": "/proc/self"}, label="work", verbose=2) is None
    log.warning("said to nobody")


def test_a_crash_is_logged_with_its_traceback(tmp_path: Path) -> None:
    path = opened(tmp_path)
    with pytest.raises(ValueError, match="invalid literal") as caught:
        int("the last words")
    sys.excepthook(ValueError, caught.value, caught.tb)
    text = path.read_text()
    assert "Traceback" in text
    assert text.endswith("'the last words'\n")


def test_lone_surrogates_do_not_break_the_log(tmp_path: Path) -> None:
    path = opened(tmp_path)
    log.warning("a file named %s", "caf\udce9")
    assert path.read_text().endswith("a file named caf\\udce9\n")
