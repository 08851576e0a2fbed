"""Builds the terminal emulator's modules with mypyc where `AIMUX_COMPILE=1` asks for it.

Without the variable, and where there is no C compiler, the wheel is plain Python: the same
sources, the same behaviour, about half the speed (docs/performance.md).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("aimux/vt")
# pyte's interface has its classes changed at run time; `roots` and `block_cache` are referred to
# weakly, which a compiled class is not made for; `events` read their own slots, and of `overriding`
# mypyc would compile what type checkers are shown.
INTERPRETED = {
    "__init__",
    "block_cache",
    "events",
    "overriding",
    "pyte_cells",
    "roots",
    "screen",
    "stream",
}
ASKED = {"1", "true", "yes"}


class CompileHook(BuildHookInterface[Any]):
    """Adds the compiled modules to the wheel, beside their sources."""

    PLUGIN_NAME = "custom"

    @property
    def _asked(self) -> bool:
        return os.environ.get("AIMUX_COMPILE", "").lower() in ASKED

    def dependencies(self) -> list[str]:
        """What a compiled build needs beside hatchling."""
        return ["mypy>=1.15", "setuptools"] if self._asked else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, for a wheel that is not editable."""
        if not self._asked or version == "editable":
            return
        self._output = tempfile.TemporaryDirectory(prefix="aimux-compile")
        try:
            built = compile_modules(Path(self.root), Path(self._output.name))
        except CannotCompileError as error:
            self.app.display_warning(f"aimux is built as plain Python: {error}")
            return
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        build_data["force_include"].update(built)
        self.app.display_info(f"aimux is built with {len(built)} compiled files")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Forget what was compiled; the wheel has it."""
        output = getattr(self, "_output", None)
        if output is not None:
            output.cleanup()


class CannotCompileError(Exception):
    """There is no compiler, or it failed; the text says which."""


def compile_modules(root: Path, output: Path) -> dict[str, str]:
    """Compile the modules into `output`.

    Returns:
        Each file that was made, to its place in the wheel.
    """
    before = Path.cwd()
    os.chdir(root)  # module names are made of the paths relative to here
    try:
        _build(_extensions(output), output)
    finally:
        os.chdir(before)
    library = output / "lib"
    return {
        str(file): str(file.relative_to(library)) for file in library.rglob("*.*") if file.is_file()
    }


def _extensions(output: Path) -> list[Any]:
    try:
        from mypyc.build import mypycify
    except ImportError as error:
        raise CannotCompileError("mypyc is not installed") from error
    modules = sorted(str(path) for path in PACKAGE.glob("*.py") if path.stem not in INTERPRETED)
    options = ["--config-file=", "--ignore-missing-imports", "--strict-equality"]
    return mypycify(
        [*options, *modules],
        opt_level="3",
        debug_level="0",
        group_name="aimux_vt",
        target_dir=str(output / "source"),
    )


def _build(extensions: list[Any], output: Path) -> None:
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext
    from setuptools.errors import BaseError, CompileError, LinkError

    command = build_ext(Distribution({"name": "aimux", "ext_modules": extensions}))
    command.build_lib = str(output / "lib")
    command.build_temp = str(output / "temporary")
    command.parallel = os.cpu_count()
    command.ensure_finalized()
    try:
        command.run()
    except (BaseError, CompileError, LinkError) as error:
        raise CannotCompileError(f"the C compiler failed: {error}") from error
