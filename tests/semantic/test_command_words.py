"""Which programs a command line runs, as far as its words say."""

import pytest

from aimux.semantic.command_words import invocations, unversioned


def programs(command: str) -> list[str]:
    return [each.program for each in invocations(command)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("pytest -q", ["pytest"]),
        ("cd /tmp && rm -rf b; cmake -S . -B b", ["cmake"]),
        ("FOO=1 BAR='a b' sudo -u bob env X=y nice -n 5 cargo test", ["cargo"]),
        ("python3.11 -X dev -m pytest tests", ["pytest"]),
        ("uv run --with rich pytest | tail -5", ["pytest"]),
        ("npx -y jest --ci", ["jest"]),
        ("timeout -k 5 60 make -j2 2>&1 | tee log", ["make"]),
        ("bash -lc 'cd x && ruff check .'", ["ruff"]),
        ("python -m coverage run -m pytest", ["pytest"]),
        ("bundle exec rspec", ["rspec"]),
        ("pytest && ruff check", ["pytest", "ruff"]),
        ("grep -rn x . | head", ["grep"]),
        ("cat file | grep x", ["cat"]),
        ("/usr/bin/gcc-12 a.c", ["gcc-12"]),
        ("python script.py -m pytest", ["python"]),
        ("echo done > pytest", []),
        ("git commit -m 'pytest; make'", ["git"]),
        ("cat <<END > x\npytest\nEND", ["cat"]),
        ("", []),
    ],
)
def test_the_programs_of_a_command_line(command: str, expected: list[str]) -> None:
    assert programs(command) == expected


def test_a_newline_ends_a_command_but_not_inside_quotation_marks() -> None:
    assert programs("ruff check\nmypy") == ["ruff", "mypy"]
    assert programs('python -c "import x\npytest"') == ["python"]


def test_an_open_quotation_mark_does_not_hide_the_program() -> None:
    assert programs("pytest -k 'a") == ["pytest"]


def test_a_version_is_no_part_of_the_name() -> None:
    assert unversioned("python3.11") == "python"
    assert unversioned("clang++-14") == "clang++"
    assert unversioned("2048") == "2048"


def test_many_commands_give_a_bounded_list() -> None:
    assert len(invocations("pytest;" * 5000)) == 16


def test_shells_in_shells_end() -> None:
    command = "pytest"
    for _ in range(30):
        command = f"sh -c {command!r}" if "'" not in command else f"sudo {command}"
    assert len(invocations(command)) <= 16
