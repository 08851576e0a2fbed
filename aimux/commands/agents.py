"""aimux's own commands for agents and the sidebar: next-agent, toggle-sidebar, focus-sidebar."""

from __future__ import annotations

from collections.abc import Sequence

from aimux.agents.marks import NEEDS_PERSON
from aimux.commands.command import Call, Command
from aimux.commands.lifecycle import show_session
from aimux.commands.telling import select_link, select_pane, unzoom, zoom
from aimux.errors import CommandError
from aimux.ids import PaneId
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.session import Link, Session
from aimux.protocol.facts import AgentFact


def toggle_sidebar(call: Call) -> None:
    """toggle-sidebar [-t target-client]: each client decides for itself."""
    call.effects.toggle_sidebar(call.the_client())


def focus_sidebar(call: Call) -> None:
    """focus-sidebar [-t target-client]: the sidebar gets the keys, or gives them back."""
    client = call.the_client()
    if client.as_tmux or client.control is not None:
        raise CommandError("no sidebar here")
    call.effects.focus_sidebar(client, focused=not client.sidebar_focused)


def next_agent(call: Call) -> None:
    """next-agent [-p] [-t target-client]: show the next agent that needs a person.

    Whoever waits longest comes first, then errors and limits, then what has finished. Called again
    it goes on from there, through all sessions, and begins anew after the last; `-p` goes back.
    """
    client = call.the_client()
    agents = in_need(call.effects.agents())
    if not agents:
        raise CommandError("no agent needs you")
    step = -1 if call.arguments.has("p") else 1
    show_pane(call, client, call.state.panes[PaneId(_beside(agents, client, step).pane)])


def in_need(agents: Sequence[AgentFact]) -> list[AgentFact]:
    """The agents that need a person, by urgency and then by how long they have."""
    found = [agent for agent in agents if agent.state in NEEDS_PERSON]
    return sorted(found, key=lambda agent: (NEEDS_PERSON.index(agent.state), agent.since))


def _beside(agents: Sequence[AgentFact], client: Client, step: int) -> AgentFact:
    """The one after the pane that the client is at; the first, or for -1 the last, elsewhere."""
    pane = client.pane
    at = next((i for i, one in enumerate(agents) if pane is not None and one.pane == pane.id), None)
    if at is None:
        return agents[0] if step > 0 else agents[-1]
    return agents[(at + step) % len(agents)]


def show_pane(call: Call, client: Client, pane: Pane) -> None:
    """Show a pane on a client: its session, its window, and it active there; a zoom stays one.

    The pane has the keys from then on, and no longer the sidebar.
    """
    window = call.state.window_of(pane)
    if window is None:
        raise CommandError(f"can't find pane: %{pane.id}")
    session, link = _place(call, client, pane)
    select_link(call.effects, session, link)
    if pane is not window.active:
        zoomed = unzoom(call.effects, window)
        select_pane(call.state, call.effects, window, pane)
        if zoomed:
            zoom(call.effects, window)
    show_session(call.effects, client, session)
    call.effects.focus_sidebar(client, focused=False)


def _place(call: Call, client: Client, pane: Pane) -> tuple[Session, Link]:
    """Where the pane's window is linked: in the client's own session, if it is there too."""
    window = call.state.window_of(pane)
    places = list(call.state.links_of(window)) if window is not None else []
    if not places:
        raise CommandError(f"can't find pane: %{pane.id}")
    return next((place for place in places if place[0] is client.session), places[0])


COMMANDS = (
    Command(
        name="focus-sidebar",
        alias=None,
        is_addition=True,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-client]",
        run=focus_sidebar,
    ),
    Command(
        name="next-agent",
        alias=None,
        is_addition=True,
        getopt="pt:",
        arity=(0, 0),
        usage="[-p] [-t target-client]",
        run=next_agent,
    ),
    Command(
        name="toggle-sidebar",
        alias=None,
        is_addition=True,
        getopt="t:",
        arity=(0, 0),
        usage="[-t target-client]",
        run=toggle_sidebar,
    ),
)
