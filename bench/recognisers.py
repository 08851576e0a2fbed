"""How well recorded outputs are understood: `python -m bench.recognisers DIRECTORY...`.

A directory holds recordings and an `index.json` with what a person says of each (see
`tests/semantic/captured/README.md`). Prints what was missed and the totals; exits 1 if a status is
wrong or fewer than 95 % of the facts were found.
"""

import argparse
import json
import random
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aimux.semantic.condense import condensed
from aimux.semantic.reading import estimated_tokens
from aimux.semantic.recognise import Recogniser
from aimux.semantic.rendering import joined_rows, logical_lines
from aimux.semantic.result import Result
from aimux.vt.engine import Engine


@dataclass
class Score:
    """Totals over captures."""

    statuses: int = 0
    tools: int = 0
    kinds: int = 0
    captures: int = 0
    facts: int = 0
    found: int = 0
    kept: int = 0
    standing: int = 0
    misses: list[str] = field(default_factory=list)
    tokens: dict[str, list[tuple[int, int, int]]] = field(default_factory=lambda: defaultdict(list))


def read_capture(folder: Path, name: str) -> bytes:
    """The raw bytes of one capture, unpacked if it is packed."""
    path = folder / name
    if path.suffix == ".zst":
        import zstandard  # noqa: PLC0415  # only packed captures need it

        return zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
    return path.read_bytes()


def cut_lines(data: bytes, columns: int, seed: int) -> list[str]:
    """The logical lines of bytes that come in pieces cut anywhere."""
    source = random.Random(seed)  # noqa: S311  # not for secrets
    engine = Engine(columns, 24, history_limit=200_000)
    at = 0
    while at < len(data):
        size = source.choice([1, 2, 3, 7, 50, 500])
        engine.feed(data[at : at + size])
        at += size
    return joined_rows([*engine.history, *engine.rows])


def recognised(capture: dict[str, Any], lines: list[str]) -> Result:
    """What is said of a capture."""
    recogniser = Recogniser(capture["cmd"])
    for line in lines:
        recogniser.feed(line)
    return recogniser.result(capture["exit_code"])


def has_fact(result: Result, name: str, wanted: object) -> bool:
    """Whether a labelled fact was found; of a list, all of it."""
    got = result.facts.get(name)
    if isinstance(wanted, list):
        return isinstance(got, tuple) and set(wanted) <= set(got)
    return got == wanted and type(got) is type(wanted)


def standing_strings(capture: dict[str, Any]) -> list[str]:
    """The labelled facts as they may stand in the text."""
    strings: list[str] = []
    for value in capture["facts"].values():
        strings += map(str, value) if isinstance(value, list) else [str(value)]
    return [each for each in strings if each not in ("0", "True", "False")]


def score_one(score: Score, folder: Path, capture: dict[str, Any], *, seed: int | None) -> None:
    """Add one capture to the totals."""
    data = read_capture(folder, capture["file"])
    whole = logical_lines(data, columns=capture["cols"])
    lines = whole if seed is None else cut_lines(data, capture["cols"], seed)
    result = recognised(capture, lines)
    score.captures += 1
    for name, got in (("statuse", result.status), ("tool", result.tool), ("kind", result.kind)):
        wanted = capture["status" if name == "statuse" else name]
        setattr(score, f"{name}s", getattr(score, f"{name}s") + (got == wanted))
        if got != wanted:
            score.misses.append(f"{capture['file']}: {name.removesuffix('e')} {got}, not {wanted}")
    for name, wanted in capture["facts"].items():
        score.facts += 1
        if has_fact(result, name, wanted):
            score.found += 1
        else:
            score.misses.append(f"{capture['file']}: {name} {result.facts.get(name)} not {wanted}")
    score_reading(score, capture, data, lines, result)


def score_reading(
    score: Score, capture: dict[str, Any], data: bytes, lines: list[str], result: Result
) -> None:
    """What compressed reading makes of a capture."""
    full, short = "\n".join(lines), "\n".join(condensed(lines, result, since=1))
    raw = estimated_tokens(data.decode(errors="replace"))
    sizes = (raw, estimated_tokens(full), estimated_tokens(short))
    score.tokens[capture["kind"]].append(sizes)
    for text in standing_strings(capture):
        if text in full:
            score.standing += 1
            if text in short:
                score.kept += 1
            else:
                score.misses.append(f"{capture['file']}: {text!r} is lost by compressed reading")


def print_reading(score: Score) -> None:
    """Tokens saved, for each kind and in total: of the raw bytes and of the rendered text."""
    print(f"{'kind':10} {'n':>3} {'median':>8} {'total':>8}   {'of rendered':>11}")
    everything = [sizes for kind in score.tokens.values() for sizes in kind]
    for kind, rows in [*sorted(score.tokens.items()), ("all", everything)]:
        saved = statistics.median(1 - short / max(1, raw) for raw, _, short in rows)
        raw, full, short = (sum(row[at] for row in rows) for at in range(3))
        of_raw, of_full = 1 - short / max(1, raw), 1 - short / max(1, full)
        print(f"{kind:10} {len(rows):3} {saved:8.0%} {of_raw:8.0%}   {of_full:11.0%}")


def score_directory(folder: Path, *, seed: int | None) -> Score:
    """The totals over a directory."""
    score = Score()
    for capture in json.loads((folder / "index.json").read_text())["captures"]:
        score_one(score, folder, capture, seed=seed)
    return score


def main() -> int:
    """Score directories and print the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directories", nargs="+", type=Path)
    parser.add_argument("--cuts", type=int, default=3, help="times with bytes cut at random places")
    options = parser.parse_args()
    is_good = True
    for folder in options.directories:
        for seed in [None, *range(options.cuts)]:
            score = score_directory(folder, seed=seed)
            print(f"{folder} {'whole' if seed is None else f'cut, seed {seed}'}: ", end="")
            print(
                f"status {score.statuses}/{score.captures}, tool {score.tools}, "
                f"kind {score.kinds}, "
                f"facts {score.found}/{score.facts} ({score.found / max(1, score.facts):.1%}), "
                f"kept by reading {score.kept}/{score.standing}"
            )
            is_good &= score.statuses == score.captures and score.found >= 0.95 * score.facts
            if seed is None:
                print("\n".join(f"  {miss}" for miss in score.misses))
                print_reading(score)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
