"""A coverage-guided fuzzer of the virtual screen (atheris, which is libFuzzer for Python).

    pip install atheris
    python bench/fuzz_vt.py -max_total_time=600 [-artifact_prefix=DIRECTORY/] [CORPUS]

The first four bytes of an input choose the size, the size after a resize, and where the rest is
cut in two; the rest is fed to one screen whole and to another in pieces. Whatever raises, leaves an
unsound grid, or makes the two differ is a find; libFuzzer writes it to a file. The bytes of a find
belong into `tests/vt/test_any_bytes.py`. Results are in `bench/fuzzing.md`.
"""

import pathlib
import sys
import tempfile

import atheris

with atheris.instrument_imports(include=["aimux.vt"]):
    from aimux.vt.capture import capture_row
    from aimux.vt.engine import Engine
    from tests.vt.invariants import check_grid, state

WORDS = (
    *("[", "]", "P", "k", "_", "c", "7", "8", "D", "E", "H", "M", "#8", "(0", "(B", ")0", "(A"),
    *("[?1049h", "[?1049l", "[?47h", "[?6h", "[?7l", "[?7h", "[?69h", "[?69l", "[2;5s", "[4h"),
    *("[2;4r", "[2J", "[3J", "[K", "[1K", "[1J", "[3@", "[2P", "[2L", "[2M", "[2X", "[2S", "[2T"),
    *("[9b", "[31m", "[44m", "[m", '[1"q', "[?J", "[?K", "[!p", "[>5u", "[<u", "[?u", "[6n"),
    *("]0;t\x07", "]8;;http://x\x07", "]133;A\x07", "]52;c;aGk=\x07", "]4;1;?\x07", "]11;?\x07"),
    *("P$qm\x1b\\", "P+q544e\x1b\\", "[22t", "[23t", "[?2027h", "[3g", "[Z", "[I", "[20h", "[6G"),
)
TEXTS = (
    "好",
    "e\u0301",
    "👩\u200d💻",
    "❤\ufe0f",
    "🇫🇷",
    "\u0301" * 9,
    "x" * 30,
    "\r\n" * 3,
    "\ufdd0",
)


def dictionary() -> str:
    """The dictionary: what a terminal's language is made of."""
    words = [*(("\x1b" + word).encode() for word in WORDS), *(text.encode() for text in TEXTS)]
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in words)
    return "".join(f'"{word}"\n' for word in escaped)


def one_input(data: bytes) -> None:
    """Feed one input in two ways and look at the result."""
    if len(data) < 5:
        return
    first, second, cut = data[0], data[1], data[2] * (1 + data[3])
    size, resized = (1 + first % 24, 1 + first // 24), (1 + second % 24, 1 + second // 24)
    stream = data[4:]
    whole, pieces = (
        Engine(*size, history_limit=20, clock=lambda: 0.0),
        Engine(*size, history_limit=20, clock=lambda: 0.0),
    )
    whole.feed(stream)
    at = cut % len(stream)
    pieces.feed(stream[:at])
    check_grid(pieces)
    for position in range(at, len(stream)):
        pieces.feed(stream[position : position + 1])
    if state(whole) != state(pieces):
        raise AssertionError("the result depends on how the bytes are cut")
    for screen in (whole, pieces):
        check_grid(screen)
    whole.resize(rows=resized[1], columns=resized[0])
    check_grid(whole)
    whole.feed(stream)
    check_grid(whole)
    for row in whole.rows:
        capture_row(row)


def main() -> None:
    """Run libFuzzer with our dictionary and the arguments given."""
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / "dictionary"
        path.write_text(dictionary())
        atheris.Setup([*sys.argv, f"-dict={path}", "-max_len=400"], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
