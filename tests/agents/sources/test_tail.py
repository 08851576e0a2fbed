from aimux.agents.sources.tail import MAX_LINE, MAX_TAIL, Tail


def test_lines_are_whole_whatever_the_pieces() -> None:
    tail, lines = Tail(), list[bytes]()
    for byte in b"one\n\ntwo\nthree":
        lines += tail.feed(bytes([byte]))
    assert lines == [b"one", b"two"]
    assert tail.feed(b"\n") == [b"three"]
    assert tail.offset == 15


def test_of_a_long_file_the_end_is_read_from_its_first_whole_line() -> None:
    tail = Tail()
    assert tail.begin(MAX_TAIL + 1000) == 1000
    assert tail.feed(b"half a line\nwhole\n") == [b"whole"]


def test_a_file_that_became_shorter_is_read_anew() -> None:
    tail = Tail()
    tail.feed(b"one\ntw")
    assert tail.begin(3) == 0
    assert tail.feed(b"new\n") == [b"new"]


def test_a_line_without_an_end_is_passed_over() -> None:
    tail = Tail()
    assert tail.feed(b"x" * (MAX_LINE + 1)) == []
    assert tail.feed(b"y\nnext\n") == [b"next"]
