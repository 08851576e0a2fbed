from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from aimux.link.listener import bind_listener, exclusive, recreate, remove, socket_identity


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "s")


def test_a_server_removes_its_own_socket_file(path: str) -> None:
    listener = bind_listener(path)
    remove(listener, path, socket_identity(path))
    assert not Path(path).exists()
    assert listener.fileno() == -1


def test_a_server_leaves_the_file_of_its_successor(path: str) -> None:
    listener = bind_listener(path)
    identity = socket_identity(path)
    with recreate(path) as successor:
        remove(listener, path, identity)
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
            successor.accept()[0].close()


def test_removing_without_a_directory_still_stops_listening(tmp_path: Path) -> None:
    directory = tmp_path / "gone"
    directory.mkdir()
    path = str(directory / "s")
    listener = bind_listener(path)
    identity = socket_identity(path)
    for file in directory.iterdir():
        file.unlink()
    directory.rmdir()
    remove(listener, path, identity)
    assert listener.fileno() == -1


def test_the_lock_is_free_again_although_a_fork_has_its_descriptor(path: str) -> None:
    reader, writer = os.pipe()
    with exclusive(path):
        pid = os.fork()  # noqa: TID251  # what the lock has to survive
        if pid == 0:
            os.read(reader, 1)
            os._exit(0)
    with exclusive(path):
        os.write(writer, b"x")
    os.waitpid(pid, 0)
    os.close(reader)
    os.close(writer)


def test_a_file_that_is_missing_has_no_identity(path: str) -> None:
    assert socket_identity(path) is None
