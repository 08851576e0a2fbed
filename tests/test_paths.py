from __future__ import annotations

import os
import pwd
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aimux.errors import PathError
from aimux.paths import (
    config_files,
    config_search_list,
    home_directory,
    make_state_directory,
    socket_directory,
    socket_path,
    state_directory,
    tmux_config_files,
    tmux_socket_path,
)

UID = os.getuid()


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"AIMUX_TMPDIR": str(tmp_path), "HOME": str(tmp_path)}


def test_the_directory_is_made_private_whatever_the_umask(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    previous = os.umask(0)
    try:
        assert socket_directory(environment) == f"{tmp_path}/aimux-{UID}"
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / f"aimux-{UID}").stat().st_mode) == 0o700


def _link(place: Path) -> None:
    (place.parent / "elsewhere").mkdir(mode=0o700)
    place.symlink_to("elsewhere")


def _open_to_others(place: Path) -> None:
    place.mkdir()
    place.chmod(0o701)


MISTAKES: dict[str, tuple[Callable[[Path], None], str]] = {
    "link": (_link, "{} is not a directory"),
    "file": (Path.touch, "{} is not a directory"),
    "mode": (_open_to_others, "directory {} has unsafe permissions"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_unsafe_directory_is_refused_in_tmuxs_words(
    tmp_path: Path, environment: dict[str, str], mistake: str
) -> None:
    make, words = MISTAKES[mistake]
    make(tmp_path / f"aimux-{UID}")
    with pytest.raises(PathError) as caught:
        socket_path(environment)
    assert str(caught.value) == words.format(f"{tmp_path}/aimux-{UID}")
    (tmp_path / f"aimux-{UID}").rename(tmp_path / f"tmux-{UID}")
    tmux = subprocess.run(
        ["tmux", "ls"], env={**os.environ, "TMUX_TMPDIR": str(tmp_path), "TMUX": ""},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tmux.stderr == str(caught.value).replace("aimux-", "tmux-") + "\n"


@pytest.mark.skipif(UID != 0, reason="only root gives files away")
def test_a_directory_of_another_user_is_refused(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / f"aimux-{UID}").mkdir(mode=0o700)
    os.chown(tmp_path / f"aimux-{UID}", 12345, 12345)
    with pytest.raises(PathError, match="has unsafe permissions"):
        socket_path(environment)


def test_group_bits_are_refused_although_tmux_lets_them_pass(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    (tmp_path / f"aimux-{UID}").mkdir()
    (tmp_path / f"aimux-{UID}").chmod(0o750)
    with pytest.raises(PathError, match="has unsafe permissions"):
        socket_path(environment)


def test_a_directory_that_cannot_be_made_is_said() -> None:
    with pytest.raises(PathError, match=r"^couldn't create directory /proc/aimux-\d+ \(.*\)$"):
        socket_directory({"AIMUX_TMPDIR": "/proc"})


def test_directories_are_tried_in_order(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    both = {"AIMUX_TMPDIR": str(tmp_path), "TMUX_TMPDIR": str(other)}
    assert socket_directory(both).startswith(f"{tmp_path}/aimux-")
    assert socket_directory({**both, "AIMUX_TMPDIR": "/no/such"}).startswith(f"{other}/")
    assert socket_directory({"AIMUX_TMPDIR": "/no/such"}) == f"/tmp/aimux-{UID}"


def test_a_path_beats_a_name_and_a_name_beats_the_server_around(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    inside = {**environment, "AIMUX": f"{tmp_path}/around,123,0"}
    assert socket_path(inside, name="work", path="x/y") == "x/y"
    assert socket_path(inside, name="work") == f"{tmp_path}/aimux-{UID}/work"
    assert socket_path(inside) == f"{tmp_path}/around"
    assert socket_path({**environment, "AIMUX": ",1,0"}) == f"{tmp_path}/aimux-{UID}/default"


@pytest.mark.skipif(UID != 0, reason="only root gives files away")
def test_the_server_around_must_be_ours(tmp_path: Path, environment: dict[str, str]) -> None:
    around = tmp_path / "around"
    around.touch()
    os.chown(around, 12345, 12345)
    with pytest.raises(PathError, match="belongs to another user"):
        socket_path({**environment, "AIMUX": f"{around},123,0"})
    assert socket_path(environment, path=str(around)) == str(around)


def test_the_longest_path_is_the_kernels(environment: dict[str, str]) -> None:
    assert socket_path(environment, path="/" + "x" * 106)
    with pytest.raises(PathError, match=r"^error connecting to /é+ \(File name too long\)$"):
        socket_path(environment, path="/" + "é" * 54)


def test_the_state_directory_follows_xdg() -> None:
    assert state_directory({"XDG_STATE_HOME": "/s"}) == "/s/aimux"
    assert state_directory({"XDG_STATE_HOME": "relative", "HOME": "/h"}) == "/h/.local/state/aimux"
    assert state_directory({"HOME": "/h/"}) == "/h/.local/state/aimux"


def test_the_state_directory_is_made_private(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path)}
    directory = Path(make_state_directory(environment))
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    directory.chmod(0o755)
    make_state_directory(environment)
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700


def test_a_home_that_cannot_be_written_is_an_error_to_work_without(tmp_path: Path) -> None:
    with pytest.raises(PathError, match="couldn't create directory"):
        make_state_directory({"HOME": "/proc/self"})
    (tmp_path / "file").touch()
    with pytest.raises(PathError, match="couldn't create directory"):
        make_state_directory({"HOME": str(tmp_path / "file")})


def test_without_home_the_password_database_is_asked() -> None:
    assert home_directory({}) == pwd.getpwuid(UID).pw_dir
    assert home_directory({"HOME": "/h"}) == "/h"


def test_configuration_is_searched_from_the_system_to_the_user() -> None:
    assert config_search_list({"HOME": "/h", "XDG_CONFIG_HOME": "/x"}) == (
        "/etc/aimux.conf",
        "/h/.aimux.conf",
        "/x/aimux/aimux.conf",
        "/h/.config/aimux/aimux.conf",
        "/x/aimux/config.toml",
        "/h/.config/aimux/config.toml",
    )
    assert len(config_search_list({"HOME": "/h"})) == 4


def test_tmuxs_configuration_is_found_where_tmux_looks(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": f"{tmp_path}/x"}
    assert tmux_config_files(environment) == ()
    for name in ("x/tmux/tmux.conf", ".config/tmux/tmux.conf", ".tmux.conf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert tmux_config_files(environment) == (
        f"{tmp_path}/.tmux.conf",
        f"{tmp_path}/x/tmux/tmux.conf",
        f"{tmp_path}/.config/tmux/tmux.conf",
    )


def test_by_the_name_of_tmux_its_variable_comes_first(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    both = {**environment, "AIMUX": f"{tmp_path}/ours,1,0", "TMUX": f"{tmp_path}/theirs,1,0"}
    assert socket_path(both, as_tmux=True) == f"{tmp_path}/theirs"
    assert socket_path({**both, "TMUX": ""}, as_tmux=True) == f"{tmp_path}/ours"
    assert socket_path(both) == f"{tmp_path}/ours"


def test_only_files_that_exist_are_loaded_and_none_twice(tmp_path: Path) -> None:
    (tmp_path / ".config/aimux").mkdir(parents=True)
    (tmp_path / ".config/aimux/aimux.conf").touch()
    (tmp_path / ".aimux.conf").symlink_to(".config/aimux/aimux.conf")
    assert config_files({"HOME": str(tmp_path)}) == (f"{tmp_path}/.aimux.conf",)


def test_by_the_name_of_tmux_sockets_lie_where_tmuxs_do(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    both = {**environment, "AIMUX_TMPDIR": str(ours), "TMUX_TMPDIR": str(theirs)}
    assert socket_path(both, name="work", as_tmux=True) == f"{theirs}/tmux-{UID}/work"
    assert not list(ours.iterdir())
    (theirs / f"tmux-{UID}/work").touch()
    assert tmux_socket_path(socket_path(both, name="work"), both) == f"{theirs}/tmux-{UID}/work"
    (ours / f"aimux-{UID}/work").touch()
    assert socket_path(both, name="work", as_tmux=True) == f"{ours}/aimux-{UID}/work"
    assert tmux_socket_path(socket_path(both, name="work"), both) is None
    assert tmux_socket_path("/elsewhere/work", both) is None
