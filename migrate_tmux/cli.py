"""The commands `import-tmux`, `load-layout` and `freeze-layout`: their words and what they print."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console

from aimux.errors import AimuxError, PathError
from aimux.paths import config_directory
from migrate_tmux.aimux_server import AimuxServer
from migrate_tmux.finishing import displaced_keys, let_tmux_be_called, shim_directory
from migrate_tmux.importing import Importer
from migrate_tmux.printed_report import print_report
from migrate_tmux.report import Report
from migrate_tmux.result_files import Existing, toml_text, write_files
from migrate_tmux.tmux_files import TmuxFiles

KEYMAP = "tmux-import"


def main(argv: Sequence[str], *, server: Sequence[str] = ()) -> int:
    """Run one of the commands; returns the exit status.

    Args:
        argv: The command and its words.
        server: aimux's global options that name the server, e.g. `-S PATH`.

    Raises:
        AimuxError: It failed; the text is for standard error.
    """
    name, *words = argv
    parser, run = _PARSERS[name]
    try:
        arguments = parser.parse_args(words)
    except SystemExit as end:
        return 1 if end.code else 0
    return run(arguments, AimuxServer(server))


# ---- import-tmux ----


def _import_tmux(arguments: argparse.Namespace, server: AimuxServer) -> int:
    if arguments.live:
        if arguments.file is not None:
            raise PathError("--live takes over a running server and reads no file")
        return _import_live(arguments, server)
    files = TmuxFiles(os.environ)
    named = arguments.file
    source = files.default() if named is None else str(Path(named).absolute())
    importer = Importer(files, source)
    importer.read(source)
    report = importer.report
    let_tmux_be_called(importer.configuration, report, os.environ)
    report.displaced = displaced_keys(importer.configuration, importer.places)
    _write(arguments, importer, server)
    _show(report, as_json=arguments.json)
    return 0


def _write(arguments: argparse.Namespace, importer: Importer, server: AimuxServer) -> None:
    report = importer.report
    texts = _texts(importer)
    report.files = [str(path) for path in texts]
    if arguments.dry_run:
        return
    existing = Existing.OVERWRITE if arguments.force else Existing.REFUSE
    existing = Existing.BACK_UP if arguments.backup else existing
    report.backups = [str(path) for path in write_files(texts, existing)]
    report.written = True
    if report.calls_tmux:
        shim = os.path.expandvars(shim_directory(os.environ))
        report.files.append(server.run("shim", shim).strip())


def _texts(importer: Importer) -> dict[Path, str]:
    """The files that the import makes, with their texts."""
    directory = config_directory(os.environ)
    if directory is None:
        raise PathError("no home directory for the configuration")
    comment = f"Made from {importer.report.source} by `aimux import-tmux`; yours to change."
    configuration = importer.configuration
    return {
        Path(directory, "config.toml"): toml_text(
            configuration.config_document(KEYMAP), comment=comment
        ),
        Path(directory, "keymaps", f"{KEYMAP}.toml"): toml_text(
            configuration.keymap_document(KEYMAP), comment=comment
        ),
    }


def _show(report: Report, *, as_json: bool) -> None:
    if as_json:
        json.dump(report.as_json(), sys.stdout, indent=2, ensure_ascii=False)
        sys.stdout.write("\n")
    else:
        print_report(report, Console(highlight=False, markup=False))

def _import_live(arguments: argparse.Namespace, server: AimuxServer) -> int:
    raise PathError("import-tmux --live is not supported yet")


def _import_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aimux import-tmux",
        description="Write aimux's configuration from tmux's, or take over a running tmux server.",
    )
    parser.add_argument("file", nargs="?", help="the tmux.conf that tmux would read, if not given")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    existing = parser.add_mutually_exclusive_group()
    existing.add_argument("--force", action="store_true", help="overwrite what stands there")
    existing.add_argument("--backup", action="store_true", help="keep a copy of what stands there")
    parser.add_argument("--live", action="store_true", help="take over a running tmux server")
    parser.add_argument("-L", dest="name", help="with --live: the tmux server of this name")
    return parser


Command = tuple[argparse.ArgumentParser, Callable[[argparse.Namespace, AimuxServer], int]]
_PARSERS: dict[str, Command] = {"import-tmux": (_import_parser(), _import_tmux)}
