"""What real agents wrote, cut to what is read (see ../recorded/README.md)."""

from __future__ import annotations

from pathlib import Path

from aimux.agents.sources.fields import Record, parse_record

LOGS = Path(__file__).parent.parent / "recorded" / "logs"


def lines(name: str) -> list[bytes]:
    return (LOGS / f"{name}.jsonl").read_bytes().splitlines()


def events(name: str) -> list[Record]:
    return [parse_record(line) for line in lines(name)]
