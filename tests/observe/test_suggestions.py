"""Transcripts and what is suggested after them; and those after which nothing is."""

from __future__ import annotations

import pytest

from aimux.observe.suggestions import Holder, Situation, suggest
from aimux.semantic.result import Result

PLAIN = Result("", "plain", "fail", "")


def failed_in(tool: str, *failing: str) -> Result:
    return Result(tool, "test", "fail", "", failing=failing)


def after(
    command: str,
    output: str = "",
    *,
    status: int | None = 1,
    result: Result = PLAIN,
    **more: object,
) -> list[str]:
    situation = Situation(command, status, result, output.split("\n"), **more)  # type: ignore[arg-type]  # fields of it
    return [one.text for one in suggest(situation)]


UPSTREAM = """\
fatal: The current branch topic has no upstream branch.
To push the current branch and set the remote as upstream, use

    git push --set-upstream origin topic
"""


@pytest.mark.parametrize(
    ("command", "result", "expected"),
    [
        (
            "python -m pytest -q tests",
            failed_in("pytest", "tests/test_a.py::test_x[a b]", "tests/test_b.py::T::test_y"),
            "python -m pytest 'tests/test_a.py::test_x[a b]' tests/test_b.py::T::test_y",
        ),
        ("uv run pytest", failed_in("pytest", "t.py::test_a"), "uv run pytest t.py::test_a"),
        ("make test", failed_in("pytest", "t.py::test_a"), "pytest t.py::test_a"),
        ("pytest", failed_in("pytest", "t.py::a; rm -rf ~", "t.py::b"), "pytest --lf"),
        ("pytest", failed_in("pytest", *(f"t.py::t{n}" for n in range(11))), "pytest --lf"),
        (
            "cargo test",
            failed_in("cargo", "tests::adds", "tests::subtracts"),
            "cargo test -- --exact tests::adds tests::subtracts",
        ),
        (
            "go test ./...",
            failed_in("go", "TestAdd/zero", "TestAdd/one", "TestSub"),
            "go test -run '^(TestAdd|TestSub)$' ./...",
        ),
        (
            "npm test",
            failed_in("jest", "sum \u203a adds 1 + 2"),
            r"npm test -- -t 'adds 1 \+ 2'",
        ),
        ("npx vitest", failed_in("vitest", "adds"), "npx vitest run -t adds"),
        (
            "node --test nt/",
            failed_in("node-test", "fails", "inner (bad)"),
            r"node --test --test-name-pattern='^(fails|inner \(bad\))$' nt/",
        ),
        (
            "npm test",
            failed_in("node-test", "fails"),
            "npm test -- --test-name-pattern='^(fails)$'",
        ),
        (
            "npx mocha test/",
            failed_in("mocha", "Array is wrong", "top"),
            "npx mocha -g '^(Array is wrong|top)$' test/",
        ),
        ("npx mocha -g old", failed_in("mocha", "top"), "npx mocha -g '^(top)$'"),
        (
            "make",
            failed_in("mocha", "$(rm -rf ~)'"),
            r"""npx mocha -g '^(\$\(rm -rf ~\)'"'"')$'""",
        ),
        (
            "python3.11 -m unittest",
            failed_in("unittest", "test_sum.TestSum.test_adds"),
            "python3.11 -m unittest test_sum.TestSum.test_adds",
        ),
        (
            "python -m unittest -v",
            failed_in("unittest", "test_b", "test_c"),
            "python -m unittest -k test_b -k test_c",
        ),
        ("ctest --test-dir b", failed_in("ctest", "bad"), "ctest --test-dir b --rerun-failed"),
    ],
)
def test_only_what_failed_is_run_again(command: str, result: Result, expected: str) -> None:
    assert after(command, result=result) == [expected]


@pytest.mark.parametrize(
    ("command", "output", "status", "expected"),
    [
        ("git push", UPSTREAM, 128, "git push --set-upstream origin topic"),
        (
            "git stauts -s",
            "git: 'stauts' is not a git command. See 'git --help'.\n\n"
            "The most similar command is\n\tstatus",
            1,
            "git status -s",
        ),
        (
            "python app.py",
            "Traceback (most recent call last):\nModuleNotFoundError: No module named 'yaml'",
            1,
            "pip install pyyaml",
        ),
        (
            "pytest",
            "E   ModuleNotFoundError: No module named 'requests.adapters'",
            2,
            "pip install requests",
        ),
        (
            "node app.js",
            "Error: Cannot find module '@scope/pkg/deep'\nRequire stack:",
            1,
            "npm install @scope/pkg",
        ),
        (
            "go build",
            "main.go:3:8: no required module provides package github.com/x/y; to add it:\n"
            "\tgo get github.com/x/y",
            1,
            "go get github.com/x/y",
        ),
        ("gti status", "-bash: gti: command not found", 127, "git status"),
        ("sudo pyhton3 x.py", "sudo: pyhton3: command not found", 1, None),
        ("pyhton3 x.py", "zsh: command not found: pyhton3", 127, "python3 x.py"),
        ("mkae all", "fish: Unknown command: mkae", 127, "make all"),
        ("sl", "sh: 1: sl: not found", 127, "ls"),
        ("npm start", "Error: listen EADDRINUSE: address already in use :::3000", 1, "kill 321"),
        (
            "flask run",
            "Address already in use\nPort 5000 is in use by another program.",
            1,
            "kill 321",
        ),
    ],
)
def test_what_the_output_says_is_offered(
    command: str, output: str, status: int, expected: str | None
) -> None:
    found = after(
        command,
        output,
        status=status,
        programs=("git", "python3", "make", "ls", "cat"),
        holder=lambda port: Holder(321, "node") if port in (3000, 5000) else None,
    )
    assert found[:1] == ([expected] if expected is not None else [])


def test_a_program_that_holds_a_port_cannot_write_escapes_by_its_name() -> None:
    situation = Situation(
        command="serve",
        exit_status=1,
        result=PLAIN,
        lines=["Error: listen EADDRINUSE: address already in use :::3000"],
        holder=lambda _port: Holder(321, "node\x1b]0;x\x07"),
    )
    assert [one.reason for one in suggest(situation)] == ["port 3000 is held by node]0;x (pid 321)"]


def test_the_project_says_how_modules_are_installed() -> None:
    missing = "ModuleNotFoundError: No module named 'yaml'"
    assert after("python a.py", missing, files=frozenset({"uv.lock"})) == ["uv add pyyaml"]
    assert after("python a.py", missing, files=frozenset({"yaml.py"})) == []


def test_what_worked_last_time_is_offered_behind_the_rest() -> None:
    result = failed_in("pytest", "t.py::test_a")
    assert after("pytest", result=result, worked="make clean") == [
        "pytest t.py::test_a",
        "make clean",
    ]


@pytest.mark.parametrize(
    ("command", "output", "status", "more"),
    [
        ("git push", UPSTREAM, 0, {}),
        ("git push", UPSTREAM, None, {}),
        ("sleep 100", "", 130, {"worked": "make"}),
        ("false", "", 1, {}),
        ("make", "error: something else", 2, {}),
        ("git push", UPSTREAM.replace("origin topic", "origin --exec=evil"), 128, {}),
        ("git push", UPSTREAM.replace("origin topic", "origin t; rm -rf ~"), 128, {}),
        ("git push", UPSTREAM.replace("origin topic", "origin $(evil)"), 128, {}),
        ("cat log", "    git push --set-upstream origin topic", 1, {}),
        ("python a.py", "ModuleNotFoundError: No module named 'a; rm -rf ~'", 1, {}),
        ("node a.js", "Error: Cannot find module './local'", 1, {}),
        ("node a.js", "Error: Cannot find module '../$(evil)'", 1, {}),
        ("cat log", "bash: gti: command not found", 127, {"programs": ("git",)}),
        ("xyzzy", "bash: xyzzy: command not found", 127, {"programs": ("git", "ls")}),
        ("npm start", "EADDRINUSE: address already in use :::3000", 1, {}),
        ("make", "", 2, {"worked": "rm\x1b[D -rf"}),
        ("make", "", 2, {"worked": "one\nevil"}),
        ("make", "", 2, {"worked": "make"}),
        ("make", "", 2, {"worked": "x" * 5000}),
    ],
)
def test_nothing_is_suggested(
    command: str, output: str, status: int | None, more: dict[str, object]
) -> None:
    assert after(command, output, status=status, **more) == []


def test_there_are_never_more_than_three() -> None:
    many = "\n".join(f"ModuleNotFoundError: No module named 'm{n}'" for n in range(9))
    assert len(after("python a.py", many)) == 3
