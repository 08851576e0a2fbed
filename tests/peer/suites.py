"""The suites: which published package, which of its tests, and what they need beside it."""

from __future__ import annotations

from dataclasses import dataclass

_PYTEST = ("pytest", "pytest-rerunfailures", "pytest-mock", "pytest-timeout")


@dataclass(frozen=True, slots=True)
class Suite:
    """A Python package whose source distribution holds tests that call the `tmux` of the PATH.

    Attributes:
        package: The source distribution, pinned: `name==version`.
        needs: Packages that its tests import beside it.
        tests: The directory of its tests, in the source distribution.
    """

    package: str
    needs: tuple[str, ...]
    tests: str = "tests"


SUITES = {
    "libtmux": Suite(
        "libtmux==0.62.0",
        (*_PYTEST, "typing_extensions", "gp-libs", "docutils"),
    ),
    "tmuxp": Suite(
        "tmuxp==1.76.0",
        (*_PYTEST, "typing_extensions", "gp-libs", "docutils"),
    ),
}
