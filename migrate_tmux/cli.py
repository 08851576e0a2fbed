"""The commands `import-tmux`, `load-layout`, `freeze-layout`: their words and what they print."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from rich.console import Console

from aimux.errors import LinkError, ParseError, PathError
from aimux.paths import config_directory, make_state_directory
from aimux.security.clean import clean
from migrate_tmux.aimux_server import AimuxServer
from migrate_tmux.contents import forget_contents, keep_contents
from migrate_tmux.finishing import displaced_keys, let_tmux_be_called, shim_directory
from migrate_tmux.importing import Importer
from migrate_tmux.layout_files import freeze_session, read_layout
from migrate_tmux.live import take_over
from migrate_tmux.printed_report import MAXIMUM_LINE, print_report
from migrate_tmux.progress import Progress
from migrate_tmux.report import Report
from migrate_tmux.result_files import Existing, toml_text, write_files
from migrate_tmux.session_building import build_session
from migrate_tmux.tmux_files import TmuxFiles
from migrate_tmux.tmux_server import TmuxServer

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
    parser, run = _COMMANDS[name]
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
    try:
        with Progress(sys.stderr) as progress:
            progress.tell(f"reading {source}")
            importer.read(source)
    except ParseError as error:
        raise ParseError(f"{error} (tmux ignores the whole file, too)") from error
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
    report.backups = [str(path) for path in write_files(texts, _existing(arguments))]
    report.written = True
    if report.calls_tmux:
        shim = os.path.expandvars(shim_directory(os.environ))
        report.files.append(server.run("shim", shim).strip())


def _existing(arguments: argparse.Namespace) -> Existing:
    if arguments.backup:
        return Existing.BACK_UP
    return Existing.OVERWRITE if arguments.force else Existing.REFUSE


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
        _print_json(report.as_json())
    else:
        print_report(report, Console(highlight=False, markup=False))


def _import_live(arguments: argparse.Namespace, server: AimuxServer) -> int:
    state = make_state_directory(os.environ)
    tmux = TmuxServer(arguments.name)
    with Progress(sys.stderr) as progress:
        result = take_over(tmux, server, Path(state), dry_run=arguments.dry_run, told=progress.tell)
    if arguments.json:
        _print_json(result.as_json())
    else:
        _print_lines(result.lines())
    return 0


# ---- layouts ----


def _load_layout(arguments: argparse.Namespace, server: AimuxServer) -> int:
    with Progress(sys.stderr) as progress:
        progress.tell(f"reading {arguments.file}")
        plans = read_layout(Path(arguments.file), _keep)
    if arguments.name is not None and len(plans) == 1:
        plans = [replace(plans[0], name=arguments.name)]
    failed = False
    for plan in plans:
        try:
            with Progress(sys.stderr) as progress:
                problems = build_session(server, plan, progress.tell)
        except LinkError as error:
            failed = True
            forget_contents(plan)
            _print_lines([str(error)], sys.stderr)
            continue
        _print_lines([f"{plan.name}: {len(plan.windows)} windows", *plan.notes])
        _print_lines(problems, sys.stderr)
    return 1 if failed else 0


def _keep(contents: bytes) -> Path:
    return keep_contents(Path(make_state_directory(os.environ)), contents)


def _freeze_layout(arguments: argparse.Namespace, server: AimuxServer) -> int:
    text = freeze_session(server, arguments.target)
    if arguments.output is None:
        sys.stdout.write(text)
        return 0
    backups = write_files({Path(arguments.output): text}, _existing(arguments))
    _print_lines([arguments.output, *(f"backup: {path}" for path in backups)])
    return 0


def _print_lines(lines: Iterable[str], file: TextIO | None = None) -> None:
    for line in lines:
        print(clean(line, limit=MAXIMUM_LINE), file=file)  # what the command says


def _print_json(document: Mapping[str, object]) -> None:
    json.dump(document, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


# ---- their words ----


def _import_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aimux import-tmux",
        description="Write aimux's configuration from tmux's, or take over a running tmux server.",
    )
    parser.add_argument("file", nargs="?", help="a tmux.conf; by default the one tmux would read")
    parser.add_argument("--dry-run", action="store_true", help="change nothing, only report")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    _add_existing(parser)
    parser.add_argument("--live", action="store_true", help="take over a running tmux server")
    parser.add_argument("-L", dest="name", metavar="NAME", help="with --live: that tmux server")
    return parser


def _load_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aimux load-layout",
        description="Make the sessions of a tmuxp, tmuxinator or tmux-resurrect file.",
    )
    parser.add_argument("file")
    parser.add_argument("-s", dest="name", metavar="NAME", help="call the session so")
    return parser


def _freeze_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aimux freeze-layout",
        description="Print a session as a file that load-layout and tmuxp load.",
    )
    parser.add_argument("-t", dest="target", metavar="SESSION", default="", help="which session")
    parser.add_argument("-o", dest="output", metavar="FILE", help="write it to a file")
    _add_existing(parser)
    return parser


def _add_existing(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--force", action="store_true", help="overwrite what stands there")
    group.add_argument("--backup", action="store_true", help="keep a copy of what stands there")


Command = tuple[argparse.ArgumentParser, Callable[[argparse.Namespace, AimuxServer], int]]
_COMMANDS: dict[str, Command] = {
    "freeze-layout": (_freeze_parser(), _freeze_layout),
    "import-tmux": (_import_parser(), _import_tmux),
    "load-layout": (_load_parser(), _load_layout),
}
