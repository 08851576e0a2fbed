"""A suite's sources and an environment that can run them, made once and kept in a directory."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from tests.peer.suites import Suite


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where a suite lies: its unpacked sources, and the programs of its environment."""

    sources: Path
    programs: Path


def checkout(suite: Suite, directory: Path) -> Checkout:
    """Fetch and install a suite below `directory`, unless it is there.

    Raises:
        subprocess.CalledProcessError: pip could not get it.
    """
    place = directory / suite.package.replace("==", "-")
    environment = place / "venv"
    if not (place / "complete").exists():
        place.mkdir(parents=True, exist_ok=True)
        _unpack(suite, place)
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        _pip(environment / "bin" / "python", "install", suite.package, *suite.needs)
        (place / "complete").touch()
    (sources,) = (path for path in place.iterdir() if (path / "pyproject.toml").exists())
    return Checkout(sources, environment / "bin")


def _unpack(suite: Suite, place: Path) -> None:
    flags = ("--no-binary", ":all:", "--no-deps", "--no-build-isolation", "--dest", str(place))
    _pip(Path(sys.executable), "download", *flags, suite.package)
    for archive in place.glob("*.tar.gz"):
        with tarfile.open(archive) as file:
            if hasattr(tarfile, "data_filter"):  # from Python 3.11.4 on
                file.extraction_filter = tarfile.data_filter
            file.extractall(place)  # noqa: S202  # a pinned release


def _pip(python: Path, *words: str) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", *words], check=True)
