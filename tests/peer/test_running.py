from __future__ import annotations

from pathlib import Path

from tests.peer.running import outcome

REPORT = """
<testsuites><testsuite>
  <testcase classname="pane" name="splits"/>
  <testcase classname="pane" name="races"/>
  <testcase classname="pane" name="races"><failure/></testcase>
  <testcase classname="window" name="races"/>
  <testcase classname="window" name="later"><skipped/></testcase>
</testsuite></testsuites>
"""


def test_of_a_test_that_was_run_again_the_last_run_counts(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    found = outcome(report)
    assert (found.passed, found.skipped, found.failed) == (2, 1, ("pane::races",))
    assert str(found) == "2 passed of 4, 1 skipped, 1 failed"
