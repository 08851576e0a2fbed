"""The states that an agent can be in."""

from typing import Literal

AgentStateName = Literal[
    "starting",
    "working",
    "waiting",
    "done",
    "idle",
    "error",
    "limited",
    "exited",
    "unknown",
]
