"""What real programs wrote looks in the engine as in tmux 3.3a, cell by cell, at many moments.

`captured/README.md` says what was recorded, and how. The screens of agents are also compared with
the text that was recorded beside them.
"""

import json
import pathlib
from collections.abc import Iterator

import pytest
import zstandard

from aimux.vt.engine import Engine
from aimux.vt.tokens import Tokens
from tests.vt.conftest import shown_by

CAPTURED = pathlib.Path(__file__).with_name("captured")
PROGRAMS = sorted(path.name for path in CAPTURED.glob("*.bytes"))
AGENTS = json.loads((CAPTURED / "agents" / "index.json").read_text())
AGENT_NAMES = [agent["file"].removesuffix(".ansi.zst") for agent in AGENTS]


def agent_bytes(agent: dict[str, str]) -> bytes:
    data = (CAPTURED / "agents" / agent["file"]).read_bytes()
    return zstandard.ZstdDecompressor().decompress(data, max_output_size=1 << 21)


def cuts(data: bytes, count: int) -> Iterator[int]:
    """About so many even places where no control sequence is open; the end is the last."""
    tokens = Tokens(lambda: 0.0)
    start = 0
    for number in range(1, count):
        aim = len(data) * number // count
        end = data.find(b"\x1b", max(aim, start))
        if end <= start:
            continue
        # Surrogates keep one character for each byte that is cut off from others.
        tokens.split(data[start:end].decode("utf-8", "surrogateescape"))
        start = end
        if tokens.idle:
            yield end
    yield len(data)


def compare(tmux, data: bytes, count: int, *, columns: int, rows: int) -> None:
    engine = Engine(columns, rows)
    start = 0
    with tmux.steps(data, columns=columns, rows=rows) as step:
        for end in cuts(data, count):
            engine.feed(data[start:end])
            start = end
            assert shown_by(engine) == step(end), f"at byte {end}"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_looks_as_in_tmux_at_many_moments(tmux, program) -> None:
    compare(tmux, (CAPTURED / program).read_bytes(), 12, columns=80, rows=24)


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_looks_as_in_tmux_at_very_many_moments(tmux, program) -> None:
    compare(tmux, (CAPTURED / program).read_bytes(), 300, columns=80, rows=24)


@pytest.mark.parametrize("agent", AGENTS, ids=AGENT_NAMES)
def test_an_agent_looks_as_in_tmux_at_many_moments(tmux, agent) -> None:
    compare(tmux, agent_bytes(agent), 6, columns=agent["cols"], rows=agent["rows"])


@pytest.mark.slow
@pytest.mark.parametrize("agent", AGENTS, ids=AGENT_NAMES)
def test_an_agent_looks_as_in_tmux_at_very_many_moments(tmux, agent) -> None:
    compare(tmux, agent_bytes(agent), 100, columns=agent["cols"], rows=agent["rows"])


def text_lines(text: str) -> list[str]:
    lines = [line.rstrip() for line in text.split("\n")]
    while lines and not lines[-1]:
        lines.pop()
    return lines


# The recorder's own terminal printed part of a query of kitty's graphics into this text. tmux,
# given the bytes that are beside it, shows what we show (the tests above), and that is without it.
LEAKED = {"claude_v330.idle.txt": "uGi=31,s=1,v=1,a=q,t=d,f=24;AAAA"}


@pytest.mark.parametrize("agent", AGENTS, ids=AGENT_NAMES)
def test_an_agent_looks_as_it_was_recorded(agent) -> None:
    engine = Engine(agent["cols"], agent["rows"])
    engine.feed(agent_bytes(agent))
    shown = shown_by(engine, "").lines[-agent["rows"] :]
    recorded = (CAPTURED / "agents" / agent["text"]).read_text()
    leaked = LEAKED.get(agent["text"], "")
    assert leaked in recorded
    assert text_lines("\n".join(shown)) == text_lines(recorded.replace(leaked, ""))
