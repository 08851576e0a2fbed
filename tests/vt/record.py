"""Record what real programs write, for the tests that compare with tmux.

    PYTHONPATH=. python tests/vt/record.py [NAME ...]

Each program of the table runs on a PTY of 80x24, gets its keys one by one, each once it has been
silent for a while, and is answered by our own engine. What it wrote goes to `captured/NAME.bytes`.
"""

import fcntl
import os
import pathlib
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
from dataclasses import dataclass

from aimux.vt.engine import Engine

CAPTURED = pathlib.Path(__file__).with_name("captured")
COLUMNS, LINES = 80, 24
QUIET_SECONDS = 0.8
END_SECONDS = 15.0
LIMIT = 60_000

SAMPLE = "".join(
    f"def function_{n}(value: int) -> str:\n"
    f'    """Return {n}, naïvely: 好, ❤\ufe0f and 👍🏽."""\n'
    f"    print(value, {n})  # a comment\n"
    f'    return "{"x" * (n % 60)}"\n\n\n'
    for n in range(40)
)
FAILING = (
    "import pytest\n\n@pytest.mark.parametrize('n', range(40))\n"
    "def test_numbers(n):\n    assert n % 7, {'n': n, 'text': 'é' * n}\n"
)
MANIFEST = '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n'
MAIN = "fn unused() {}\nfn main() {\n    let x: i32 = 1;\n    let y = 2;\n    prinln!(y);\n}\n"
PACKAGE = (
    '{"name": "sample", "version": "1.0.0", "scripts": {"test": "ls -la --color=always; exit 3"}}\n'
)


@dataclass(frozen=True)
class Program:
    """What is run, and the keys that it gets."""

    command: str
    keys: tuple[str, ...] = ()


PROGRAMS = {
    "nvim": Program(
        "nvim -u NONE -c 'syntax on' -c 'set number hlsearch termguicolors' sample.py",
        ("/print\r", "\x04", "ojust a new line é好\x1b", ":split\r", "dd", "u", "V", "\x1b", "G"),
    ),
    "nvim_terminal": Program("nvim -u NONE -c 'terminal ls -la --color=always'", ("i", "\r")),
    "mc": Program(
        "mc -x -d -u", ("\x1bOB", "\x1bOB", "\t", "\x1b[20~", "\x1b\x1b", "\x1bOR", "\x1b\x1b")
    ),
    "mc_edit": Program("mcedit sample.py", ("\x1b[B", "text", "\x1b[20~", "\x1b\x1b")),
    "fzf": Program(
        "seq 1 3000 | fzf --multi --preview 'echo {}; seq 1 {}' --border --color=dark",
        ("12", "\t", "\x1b[A", "\x1b[A", "\t", "\x7f", "\x15"),
    ),
    "fzf_inline": Program(
        "seq 1 300 | fzf --height 40% --reverse --no-sort", ("7", "\x1b[B", "\r")
    ),
    "cargo": Program(
        "cargo build --offline --color=always; cargo clean --color=always; cargo --list"
    ),
    "pytest": Program(f"{sys.executable} -m pytest -vv --color=yes -p no:cacheprovider failing.py"),
    "npm": Program("npm test --color=always; npm help 2>&1 | head -60; npm ls --color=always"),
    "git_log_pager": Program(
        "GIT_PAGER='less -R' git -c color.ui=always log -p --stat --graph",
        (" ", " ", "k", "/e\r", "n", "G", "g"),
    ),
    "htop_tree": Program("htop -d 20 -p 1,2,3,4,5", ("t", "\x1b[B", "\x1bOQ", "\x1b", "\x1b[15~")),
    "vim_wide": Program(
        "vim -u NONE -N -c 'set nowrap list cursorline ruler' sample.py",
        ("20l", "\x1b[B", "yyp", "20zl", ":vsplit\r", "\x06", ":set wrap\r", "\x17w", "G"),
    ),
    "less_search": Program("less -N -S sample.py", (" ", "/30\r", "\x1b[C", "n", "G", "g")),
    "bash_line": Program(
        "bash --norc -i",
        (
            "for i in 1 2 3; do printf '%s\\t%60s|\\n' $i é好; done\r",
            "x" * 100,
            "\x01y",
            "\x15",
            "\x12for\x03",
        ),
    ),
}


def _prepare(directory: pathlib.Path) -> None:
    files = {
        "sample.py": SAMPLE,
        "failing.py": FAILING,
        "Cargo.toml": MANIFEST,
        "src/main.rs": MAIN,
        "package.json": PACKAGE,
    }
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    name = "-c user.name=A -c user.email=a@example.org"
    for words in (
        f"git init -q && git add . && git {name} commit -qm 'One: é'",
        "sed -i s/value/changed/ sample.py",
    ):
        os.system(f"cd {directory} && {words}")  # noqa: S605 - a fixed text
    os.system(f"cd {directory} && git {name} commit -qam 'Two'")  # noqa: S605 - a fixed text


def _start(command: str, directory: pathlib.Path) -> tuple[int, int]:
    pid, descriptor = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        os.chdir(directory)
        home = pathlib.Path.home()
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(directory),
            "TERM": "tmux-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "PS1": "$ ",
            "CARGO_HOME": os.environ.get("CARGO_HOME", str(home / ".cargo")),
            "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(home / ".rustup")),
        }
        os.execve("/bin/sh", ["sh", "-c", command], environment)  # noqa: S606 - this is it
    return pid, descriptor


def _read_until_quiet(descriptor: int, engine: Engine, seconds: float) -> bytes:
    data = b""
    while len(data) < LIMIT and select.select([descriptor], [], [], seconds)[0]:
        try:
            part = os.read(descriptor, 65536)
        except OSError:
            return data
        if not part:
            return data
        engine.feed(part)
        data += part
    return data


def record(program: Program) -> bytes:
    """Everything that a program wrote until the last of its keys had its effect."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        directory = pathlib.Path(name)
        _prepare(directory)
        pid, descriptor = _start(program.command, directory)
        engine = Engine(COLUMNS, LINES)
        engine.on_reply = lambda reply: os.write(descriptor, reply) and None
        try:
            # One without keys ends by itself.
            seconds = QUIET_SECONDS if program.keys else END_SECONDS
            data = _read_until_quiet(descriptor, engine, seconds)
            for key in program.keys:
                if len(data) < LIMIT:
                    os.write(descriptor, key.encode())
                    data += _read_until_quiet(descriptor, engine, QUIET_SECONDS)
        finally:
            os.killpg(pid, signal.SIGKILL)
            os.close(descriptor)
            os.waitpid(pid, 0)
    return data[:LIMIT].replace(name.encode(), b"/tmp/directory")


def main(names: list[str]) -> None:
    """Record some programs, or all."""
    for name in names or PROGRAMS:
        data = record(PROGRAMS[name])
        (CAPTURED / f"{name}.bytes").write_bytes(data)
        print(name, len(data))  # noqa: T201 - a tool of developers


if __name__ == "__main__":
    main(sys.argv[1:])
