import asyncio
from pathlib import Path

import pytest

from aimux.server.file_watch import FileWatch


class Heard:
    """Counts what it is told, and waits for it."""

    def __init__(self) -> None:
        self.count = 0
        self._news = asyncio.Event()

    def changed(self) -> None:
        self.count += 1
        self._news.set()

    async def wait(self) -> None:
        await asyncio.wait_for(self._news.wait(), 30)
        self._news.clear()


@pytest.fixture
async def watch() -> FileWatch:
    return FileWatch(asyncio.get_running_loop())


async def test_a_file_is_followed_through_writes_replacement_and_end(
    watch: FileWatch, tmp_path: Path
) -> None:
    heard, path = Heard(), tmp_path / "a.json"
    watch.follow(str(path), heard.changed)
    path.write_text("1")
    await heard.wait()
    (tmp_path / "new").write_text("2")
    (tmp_path / "new").replace(path)
    await heard.wait()
    path.unlink()
    await heard.wait()
    watch.close()


async def test_other_files_of_the_directory_are_not_told_of(
    watch: FileWatch, tmp_path: Path
) -> None:
    one, other = Heard(), Heard()
    watch.follow(str(tmp_path / "one"), one.changed)
    watch.follow(str(tmp_path / "other"), other.changed)
    (tmp_path / "other").write_text("x")
    await other.wait()
    assert one.count == 0
    watch.close()


async def test_directories_that_do_not_exist_yet_are_awaited(
    watch: FileWatch, tmp_path: Path
) -> None:
    heard, path = Heard(), tmp_path / "a" / "b" / "c.json"
    watch.follow(str(path), heard.changed)
    path.parent.mkdir(parents=True)
    path.write_text("x")
    await heard.wait()
    path.write_text("y")
    await heard.wait()
    watch.close()


async def test_who_has_left_is_told_nothing(watch: FileWatch, tmp_path: Path) -> None:
    gone, here = Heard(), Heard()
    following = watch.follow(str(tmp_path / "x"), gone.changed)
    watch.follow(str(tmp_path / "x"), here.changed)
    watch.leave(following)
    (tmp_path / "x").write_text("x")
    await here.wait()
    assert gone.count == 0
    watch.close()


class Late(FileWatch):
    """One that is overtaken: directories are made right after it found that there are none."""

    def _watch(self, directory: str) -> bool:
        found = super()._watch(directory)
        if not found:
            Path(directory).mkdir(parents=True)
        return found


async def test_a_directory_that_is_made_while_it_is_looked_for_is_not_missed(
    tmp_path: Path,
) -> None:
    watch = Late(asyncio.get_running_loop())
    heard, path = Heard(), tmp_path / "a" / "b" / "c.json"
    watch.follow(str(path), heard.changed)
    path.write_text("x")
    await heard.wait()
    watch.close()
