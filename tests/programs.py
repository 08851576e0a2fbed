"""Programs that tests run for real."""

import os
import shutil

import pytest


def needs(*names: str) -> None:
    """Skip the test if a program is not installed; with AIMUX_TEST_EVERYTHING=1 it fails."""
    missing = [name for name in names if shutil.which(name) is None]
    if not missing:
        return
    reason = f"not installed: {', '.join(missing)}"
    if os.environ.get("AIMUX_TEST_EVERYTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
