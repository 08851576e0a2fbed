"""Real agents, many at once: is what aimux says of them right, and what do idle ones cost?

    python -m bench.agents [--agents N] [--idle N]

First N agents of all kinds are driven at once through everything that agents do, and a table says
for every agent and step whether aimux was right, and how late. Then N agents stand idle, and the
server's share of a core is measured. They are the real ones of npm, with a model on the loopback.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.world import World
from tests.real_agents.agent import Agent, session
from tests.real_agents.asking import StateWatch
from tests.real_agents.homes import Traits
from tests.real_agents.model import Model, serving
from tests.real_agents.script import STEPS, Drive, Outcome

KINDS = ("claude-code", "codex", "gemini-cli", "opencode")
WEIGHTS = {"claude-code": 24, "codex": 70, "gemini-cli": 3, "opencode": 3}
"""Of a hundred that stand idle: as many of each as 15 GB hold."""
AT_ONCE = 4
"""So many are started at the same time."""
MEASURE_SECONDS = 60
QUIET_SECONDS = 30
"""Between the last start and the measurement."""
TOLD = ("osc 7501", "registry", "hook", "process")


class Crowd:
    """Agents in windows of one server."""

    def __init__(self, world: World, watch: StateWatch, model: Model) -> None:
        self._world, self._watch, self._model = world, watch, model

    def start(self, kinds: Sequence[str], traits: Traits) -> list[Agent]:
        """Start agents, a few at a time, and wait until all listen."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            named = [(f"{kind.split('-')[0]}-{number}", kind) for number, kind in enumerate(kinds)]
            return list(pool.map(lambda one: self._start(one[0], one[1], traits), named))

    def _start(self, name: str, kind: str, traits: Traits) -> Agent:
        agent = Agent(self._world, self._watch, kind, self._model, name=name, traits=traits)
        agent.waits_until_it_listens()
        return agent


@contextmanager
def crowd() -> Iterator[tuple[Crowd, World]]:
    """A server of its own, and a model."""
    with tempfile.TemporaryDirectory() as name, serving() as model:
        world = World(Path(name))
        watch = None
        try:
            watch = session(world)
            yield Crowd(world, watch, model), world
        finally:
            world.close()
            if watch is not None:
                watch.close()


def drive(count: int) -> list[Outcome]:
    """Drive agents of all kinds at once through every step."""
    with crowd() as (agents, _):
        kinds = [KINDS[number % len(KINDS)] for number in range(count)]
        started = agents.start(kinds, Traits(is_set_up=True, has_plan=True))
        with ThreadPoolExecutor(count) as pool:
            driven = pool.map(lambda agent: Drive(agent).through(STEPS), started)
            return [outcome for outcomes in driven for outcome in outcomes]


def told(outcomes: Sequence[Outcome]) -> str:
    """The table: a row for each agent, a column for each step."""
    steps = list(dict.fromkeys(step.name for step in STEPS))
    lines = [f"| agent | {' | '.join(steps)} |", f"|---|{'--:|' * len(steps)}"]
    for name in dict.fromkeys(one.agent for one in outcomes):
        by_step = {one.step: one for one in outcomes if one.agent == name}
        cells = [_cell(by_step.get(step)) for step in steps]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(outcome: Outcome | None) -> str:
    if outcome is None:
        return "–"
    late = "" if outcome.own_lag is None else f"{outcome.own_lag:+.2f}"
    if outcome.is_right:
        return late
    return f"**{outcome.said}** ({' '.join(outcome.passed)})"


def summary(outcomes: Sequence[Outcome]) -> str:
    """How many were right, and how late those were that agents tell themselves."""
    right = sum(one.is_right for one in outcomes)
    own = [one for one in outcomes if one.source in TOLD and one.own_lag is not None]
    in_time = sum(one.is_in_time for one in own)
    return (
        f"{right} of {len(outcomes)} right; told by the agent itself: {len(own)}, of these within "
        f"0.5 s of its own word {in_time}\n"
        f"after the model's or the person's last act: {_spread(one.lag for one in own)}\n"
        f"after the agent wrote it down: {_spread(one.own_lag for one in own)}"
    )


def _spread(lags: Iterable[float | None]) -> str:
    found = sorted(lag for lag in lags if lag is not None)
    places = {"median": 0.5, "95 %": 0.95, "last": 1.0}
    last = len(found) - 1
    told = (f"{name} {found[round(last * part)]:+.2f} s" for name, part in places.items())
    return ", ".join(told) if found else "–"


def idle(count: int) -> str:
    """Let agents stand, and say what they cost the server."""
    kinds = [kind for kind in KINDS for _ in range(round(count * WEIGHTS[kind] / 100))]
    with crowd() as (agents, world):
        started = agents.start(kinds, Traits(has_plan=True))
        pid = world.server()
        _wait(QUIET_SECONDS)
        states = Counter(agent.state() for agent in started)
        begun, woken = _cpu_seconds(pid), _switches(pid)
        _wait(MEASURE_SECONDS)
        spent, wakes = _cpu_seconds(pid) - begun, _switches(pid) - woken
        after = Counter(agent.state() for agent in started)
    mix = ", ".join(f"{number} {kind}" for kind, number in Counter(kinds).items())
    return (
        f"{len(started)} agents ({mix}): {dict(states)}, then {dict(after)}\n"
        f"server: {100 * spent / MEASURE_SECONDS:.2f} % of a core over {MEASURE_SECONDS} s, "
        f"{wakes / MEASURE_SECONDS:.1f} wake-ups a second"
    )


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _switches(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary"))


def _wait(seconds: float) -> None:
    time.sleep(seconds)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--agents", type=int, default=20)
    parser.add_argument("--idle", type=int, default=100)
    given = parser.parse_args()
    if given.agents:
        outcomes = drive(given.agents)
        print(f"{told(outcomes)}\n\n{summary(outcomes)}", flush=True)
    if given.idle:
        print(idle(given.idle))


if __name__ == "__main__":
    main()
