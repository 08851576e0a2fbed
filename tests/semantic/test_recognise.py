"""Results of output that comes line by line: who decides the status, and what text may say."""

import pytest

from aimux.semantic.recognise import MAX_LINE, Recogniser
from aimux.semantic.result import Result

PYTEST = [
    "=================== FAILURES ===================",
    "___________________ test_add ___________________",
    "",
    "    def test_add():",
    ">       assert add(2, 2) == 5",
    "E       assert 4 == 5",
    "",
    "test_calc.py:7: AssertionError",
    "============ short test summary info ===========",
    "FAILED test_calc.py::test_add - assert 4 == 5",
    "========= 1 failed, 21 passed in 0.17s =========",
]


def said(
    lines: list[str], command: str | None, exit_status: int | None, *, is_running: bool = False
) -> Result:
    recogniser = Recogniser(command)
    for line in lines:
        recogniser.feed(line)
    return recogniser.result(exit_status, is_running=is_running)


def test_a_failing_test_run_is_told_with_names_and_places() -> None:
    result = said(PYTEST, "pytest -q", 1)
    assert (result.tool, result.kind, result.status) == ("pytest", "test", "fail")
    assert result.counts == {"passed": 21, "failed": 1, "errors": 0}
    assert result.failing == ("test_calc.py::test_add",)
    (problem,) = result.problems
    assert (problem.path, problem.line, problem.row) == ("test_calc.py", 7, 5)
    assert problem.message == "assert 4 == 5"
    assert result.headline == "1 failed, 21 passed: test_calc.py::test_add"


def test_a_command_that_is_not_known_is_recognised_by_what_it_prints() -> None:
    assert said(PYTEST, None, 1).tool == "pytest"
    assert said(PYTEST, "./run-everything.sh", 1).tool == "pytest"


def test_what_ran_inside_a_wrapper_says_more_than_the_wrapper() -> None:
    lines = ["python -m pytest -q", *PYTEST, "make: *** [Makefile:9: test] Error 1"]
    result = said(lines, "make test", 2)
    assert (result.tool, result.failing) == ("pytest", ("test_calc.py::test_add",))


@pytest.mark.parametrize("exit_status", [1, 2, 101, 127, 130, 139, 255])
def test_text_never_makes_a_success_of_a_failure(exit_status: int) -> None:
    lines = ["5 passed in 0.1s", "All checks passed!", "Success: no issues found in 1 source file"]
    for command in ("pytest", "ruff check", "mypy .", "make", "./x", None):
        assert said(lines, command, exit_status).status == "fail"


def test_text_makes_a_warning_of_a_success_at_most() -> None:
    assert said(PYTEST, "pytest | tail", 0).status == "warn"
    assert said(["a.c:1:2: warning: odd [-Wodd]"], "gcc a.c", 0).status == "warn"
    assert said(["12 passed in 0.1s"], "pytest", 0).status == "ok"


def test_exit_statuses_that_are_no_failures_are_data() -> None:
    assert said(["=== no tests ran in 0.01s ==="], "pytest", 5).status == "warn"
    assert said([], "grep -rn x .", 1).status == "info"
    assert said([], "grep -rn x nowhere", 2).status == "fail"
    assert said(["1c1", "< a", "---", "> b"], "diff a b", 1).status == "info"


def test_without_an_exit_status_nothing_is_a_success() -> None:
    assert said(["5 passed in 0.1s"], "pytest", None).status == "unknown"
    assert said(PYTEST, "pytest", None).status == "fail"


def test_a_command_that_runs_is_running_whatever_it_printed() -> None:
    assert said(PYTEST, "pytest", None, is_running=True).status == "running"


@pytest.mark.parametrize(
    "line",
    [
        "0 errors, 0 warnings",
        "Found 0 errors.",
        "src/error_handler.py",
        "compiling error_handler.py: done",
        "no failures",
        "Handling errors: see failed_tests.txt",
        "test_error.py .....",
        "-rw-r--r-- 1 me me 12 Nov 22 errors.log",
        "12:30:45 warning lights are on",
    ],
)
def test_quiet_lines_give_nothing(line: str) -> None:
    for command in (
        None,
        "./build.sh",
        "make",
        "cargo build",
        "gcc x.c",
        "python x.py",
        "eslint .",
    ):
        result = said([line], command, 0)
        assert result.status == "ok"
        assert not result.problems
        assert not result.failing
        assert not result.counts.get("errors")


def test_a_place_in_any_programs_words_is_a_problem() -> None:
    result = said(["src/a.zig:3:14: error: expected type 'u8'"], "zig build", 1)
    (problem,) = result.problems
    assert (problem.path, problem.line, problem.column) == ("src/a.zig", 3, 14)
    assert result.confidence < 0.5


def test_a_scripts_own_words_are_found_where_its_interpreter_says_nothing() -> None:
    result = said(["src/a.tmpl:3: error: unknown field"], "python check.py", 1)
    assert (result.tool, result.kind, result.status) == ("python", "runtime", "fail")
    assert [(each.path, each.line) for each in result.problems] == [("src/a.tmpl", 3)]


def test_lines_that_were_passed_over_count_for_the_rows_of_problems() -> None:
    recogniser = Recogniser("gcc x.c")
    recogniser.skip(1000)
    recogniser.feed("x.c:1:2: error: bad")
    assert recogniser.result(1).problems[0].row == 1000


def test_of_a_flood_head_tail_and_telling_lines_are_read() -> None:
    recogniser = Recogniser("make")
    lines = [f"cc -c m{n}.c" for n in range(20_000)]
    lines[17_000] = "m1.c:3:4: error: bad"
    recogniser.feed_lines(lines, limit=100)
    recogniser.feed("make: *** [Makefile:6: m1.o] Error 1")
    result = recogniser.result(2)
    assert [(each.row, each.path) for each in result.problems] == [(17_000, "m1.c")]
    assert result.facts["targets"] == ("m1.o",)


def test_the_bar_of_a_line_that_is_not_finished_is_progress() -> None:
    recogniser = Recogniser("./download")
    recogniser.glance("fetching [#####     ]  42%")
    assert recogniser.result(None, is_running=True).progress == 42
    assert recogniser.result(0).progress is None


def test_addresses_that_were_printed_are_kept() -> None:
    result = said(["  ➜  Local:   http://localhost:5173/"], "vite", None, is_running=True)
    assert result.urls == ("http://localhost:5173/",)
    assert (result.kind, result.facts["port"]) == ("server", 5173)


def test_what_is_kept_has_limits() -> None:
    recogniser = Recogniser("gcc x.c")
    for number in range(3000):
        recogniser.feed(f"x{number}.c:{number}:1: error: " + "long " * 1000)
    result = recogniser.result(1)
    assert len(result.problems) == 500
    assert result.facts["errors"] == 3000
    assert max(len(each.message) for each in result.problems) <= MAX_LINE


def test_the_directory_makes_places_short() -> None:
    recogniser = Recogniser("pyright", directory="/home/me/work")
    recogniser.feed("  /home/me/work/src/a.py:3:4 - error: bad (reportX)")
    assert recogniser.result(1).facts["locations"] == ("src/a.py:3",)
