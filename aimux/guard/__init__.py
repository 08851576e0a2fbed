"""The parent of each client: holds the outer terminal's state and restores it, come what may.

Standard library only, without asyncio and Textual; see `aimux.guard.run`.
"""
