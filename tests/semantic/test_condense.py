"""One command's output in fewer lines: what failed stays as it was, every gap is said."""

from aimux.semantic.condense import MAX_LINE, condensed
from aimux.semantic.recognise import Recogniser
from aimux.semantic.result import Result
from tests.semantic.recorded import FAILING_RUN as FAILING


def recognised(lines: list[str], command: str, exit_status: int) -> Result:
    recogniser = Recogniser(command)
    recogniser.feed_lines(lines)
    return recogniser.result(exit_status)


def test_output_under_forty_lines_is_not_cut() -> None:
    lines = [f"line {n}" for n in range(39)]
    assert condensed(lines, recognised(lines, "./x", 1), since=1) == lines


def test_passed_tests_go_and_the_failure_stays_verbatim() -> None:
    short = condensed(FAILING, recognised(FAILING, "pytest -v", 1), since=9)
    start = FAILING.index("___________________ test_add ___________________")
    block = FAILING[start : start + 9]
    assert block == short[short.index(block[0]) : short.index(block[0]) + 9]
    assert FAILING[-1] in short
    assert len(short) < 40


def test_a_gap_says_how_much_and_how_to_read_it() -> None:
    short = condensed(FAILING, recognised(FAILING, "pytest -v", 1), since=9)
    gaps = [line for line in short if line.startswith("…")]
    assert gaps
    assert all(line.endswith("lines, read --full --since 9 …") for line in gaps)
    left_out = sum(int(line.split()[1]) for line in gaps)
    assert left_out + len(short) - len(gaps) == len(FAILING)


def test_an_endless_line_loses_its_middle() -> None:
    lines = [*["plain"] * 50, "error: " + "x" * 100_000]
    short = condensed(lines, recognised(lines, "./x", 1), since=1)
    assert max(map(len, short)) < MAX_LINE + 50


def test_bars_and_runs_of_like_lines_go() -> None:
    lines = [f"cc -c m{n}.c" for n in range(60)] + ["━━━━━━━━━━━━ 73.1/73.1 kB"] * 5 + ["linked"]
    short = condensed(lines, recognised(lines, "make", 0), since=2)
    gaps = [f"… {n} lines, read --full --since 2 …" for n in (58, 5)]
    assert short == ["cc -c m0.c", gaps[0], "cc -c m59.c", gaps[1], "linked"]


def test_what_the_result_names_is_never_lost() -> None:
    lines = [f"plain {n} of many words" for n in range(500)]
    lines[250] = 'Could not find a package configuration file provided by "NotThere" with any'
    result = recognised(lines, "cmake .", 1)
    assert result.facts["missing"] == ("NotThere",)
    assert lines[250] in condensed(lines, result, since=1)
