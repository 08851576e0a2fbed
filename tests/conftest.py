"""What all tests run under."""

import os
import signal

import pytest
from hypothesis import HealthCheck, settings

# A run in the background of a script is started with SIGINT ignored, and so would be every program
# that a test starts and then interrupts.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine is no failure. The check of a commit has to say the same of it each time; who runs
# the tests at a desk tries new examples.
settings.register_profile(
    "aimux",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("AIMUX_TEST_EVERYTHING") == "1",
)
settings.load_profile("aimux")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the tables that tests have recorded, also of those that passed."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "table":
                terminalreporter.write_sep("-", report.nodeid)
                terminalreporter.write_line(str(value))
