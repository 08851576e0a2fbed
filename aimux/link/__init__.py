"""From a command line to the server: the one-shot round trip, and starting a server without races.

Standard library only, and as little of it as possible: `aimux ls` is started by scripts and status
lines hundreds of times. See `aimux.link.one_shot` and `aimux.link.bootstrap`.
"""
