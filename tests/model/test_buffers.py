import pytest

from aimux.errors import CommandError
from aimux.model.buffers import Buffers


def names(buffers: Buffers) -> list[str]:
    return [buffer.name for buffer in buffers]


def test_the_newest_comes_first_and_the_oldest_automatic_one_makes_room() -> None:
    buffers = Buffers(limit=2)
    buffers.set("mine", b"m", now=1)
    for number in range(4):
        buffers.add(b"%d" % number, now=number)
    assert names(buffers) == ["buffer3", "buffer2", "mine"]
    assert len(buffers) == 3
    assert buffers.required(None).data == b"3"


def test_an_automatic_name_is_never_one_that_is_taken() -> None:
    buffers = Buffers()
    buffers.set("buffer0", b"x", now=0)
    assert buffers.add(b"y", now=0) == buffers.find("buffer1")
    assert buffers.add(b"z", now=0, prefix="clip") == buffers.find("clip2")


def test_setting_a_name_again_makes_it_the_newest() -> None:
    buffers = Buffers()
    for name, data in (("a", b"1"), ("b", b"2"), ("a", b"3")):
        buffers.set(name, data, now=0)
    assert names(buffers) == ["a", "b"]
    assert buffers.required("a").data == b"3"


def test_replacing_keeps_everything_but_the_data() -> None:
    buffers = Buffers()
    buffers.add(b"old", now=5)
    buffers.replace("buffer0", b"new")
    buffer = buffers.required("buffer0")
    assert (buffer.data, buffer.created, buffer.automatic) == (b"new", 5, True)


def test_a_renamed_buffer_is_no_longer_automatic() -> None:
    buffers = Buffers(limit=1)
    buffers.add(b"kept", now=0)
    buffers.rename(None, "mine")
    buffers.add(b"one", now=0)
    buffers.add(b"two", now=0)
    assert names(buffers) == ["buffer2", "mine"]


def test_nothing_is_not_kept() -> None:
    buffers = Buffers()
    assert buffers.add(b"", now=0) is None
    assert buffers.set("a", b"", now=0) is None
    assert buffers.top() is None


def test_missing_buffers_are_reported_in_the_words_of_tmux() -> None:
    buffers = Buffers()
    for change, message in (
        (lambda: buffers.required(None), "no buffers"),
        (lambda: buffers.required("x"), "no buffer x"),
        (buffers.delete, "no buffer"),
        (lambda: buffers.delete("x"), "unknown buffer: x"),
        (lambda: buffers.rename("x", "y"), "unknown buffer: x"),
        (lambda: buffers.set("", b"x", now=0), "empty buffer name"),
    ):
        with pytest.raises(CommandError, match=rf"^{message}$"):
            change()


def test_a_deleted_buffer_is_gone() -> None:
    buffers = Buffers()
    for data in (b"1", b"2", b"3"):
        buffers.add(data, now=0)
    buffers.delete()
    buffers.delete("buffer0")
    assert names(buffers) == ["buffer1"]
