"""The app without a terminal, attached to a little server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from aimux.client.app import ClientApp
from aimux.client.link import connect
from aimux.client.sidebar.placing import Placing
from aimux.protocol.client_messages import Hello
from tests.client.little_server import DEADLINE, NOW, LittleServer, little_server


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Desk:
    """What a test of the app has at hand."""

    def __init__(
        self, app: ClientApp, pilot: Pilot[None], server: LittleServer, clock: Clock
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.server = server
        self.clock = clock

    @property
    def text(self) -> str:
        """What is on the screen, row by row."""
        compositor = self.app.screen._compositor  # what Textual's own tests read
        return "\n".join(strip.text.rstrip() for strip in compositor.render_strips())

    async def wait_for(self, condition: Callable[[], object]) -> None:
        """Let the app work until `condition` is true."""
        for _ in range(int(DEADLINE * 100)):
            if condition():
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"never true; the screen is\n{self.text}")


@asynccontextmanager
async def attached(directory: Path, *, columns: int = 80, rows: int = 24) -> AsyncIterator[Desk]:
    """An app that shows the first frame and the facts of the little server."""
    async with little_server(directory) as (server, path):
        link = await connect(path)
        placing = Placing(width=36, minimum=120, shown=True)
        beside = placing.place(columns).beside
        hello = Hello((1, 1), "0.1.0", "t1", columns, rows, beside, 256)
        link.send(hello)
        clock = Clock()
        app = ClientApp(link, hello, placing, clock, driver_class=None)
        async with app.run_test(size=(columns, rows)) as pilot:
            desk = Desk(app, pilot, server, clock)
            await desk.wait_for(lambda: "[work]" in desk.text and server.shown())
            yield desk
