"""Run pyte's own tests against our `Screen` and `ByteStream`.

    pip download --no-deps --no-binary :all: pyte==0.8.2 && tar xf pyte-0.8.2.tar.gz
    PYTHONPATH=. python tests/vt/run_pyte_tests.py pyte-0.8.2/tests

The directory is not changed. `test_history.py` is left out: pyte's `HistoryScreen` is not offered,
the scrollback is `screen.engine.history`. `test_input_output.py` needs the directory `captured`,
which only pyte's repository has. Ends with 0 if exactly the tests of `pyte_differences.py` fail.
"""

import pathlib
import sys

import pyte
import pytest

from aimux.vt import ByteStream, Screen
from tests.vt.pyte_differences import DIFFERENCES

FILES = ("test_screen.py", "test_stream.py", "test_diff.py", "test_input_output.py")


class Outcomes:
    """A plugin of pytest that notes the names of the tests, without their parameters."""

    def __init__(self) -> None:
        self.passed: set[str] = set()
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.split("::")[-1].partition("[")[0]
        if report.failed:
            self.failed.add(name)
        elif report.when == "call" and report.passed:
            self.passed.add(name)


def run(directory: pathlib.Path) -> Outcomes:
    """Run the tests in a directory with pyte's two names replaced by ours."""
    outcomes = Outcomes()
    files = [directory / name for name in FILES]
    if not (directory / "captured").is_dir():
        files.pop()
    # pyte's tests name its classes when they run, so that replacing the names is enough.
    pyte.Screen = pyte.DiffScreen = Screen
    pyte.ByteStream = ByteStream
    options = ["-q", "--tb=no", "-p", "no:cacheprovider", "-c", "/dev/null", "-W", "ignore"]
    pytest.main([*options, f"--rootdir={directory}", *map(str, files)], plugins=[outcomes])
    return outcomes


def main(directory: pathlib.Path) -> str:
    """What is not as the table says; "" if all is."""
    outcomes = run(directory)
    expected = {test for difference in DIFFERENCES for test in difference.tests}
    complaints = [f"not in the table: {name}" for name in sorted(outcomes.failed - expected)]
    complaints += [f"passes: {name}" for name in sorted(expected - outcomes.failed)]
    if not outcomes.passed:
        complaints.append("no test ran")
    return "\n".join(complaints)


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])) or None)
