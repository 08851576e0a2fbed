"""Cells without their hyperlinks."""

from aimux.vt.attributes import TABLE
from aimux.vt.row import Row


def unlinked(identity: int) -> int:
    """The id of the same look without a link."""
    look = TABLE[identity]
    return TABLE.intern(look._replace(link=0)) if look.link else identity


def unlink(row: Row, version: int) -> None:
    """Take the links off a row; its version changes only if there are some."""
    looks = row.looks
    if looks is None:
        return
    plain = {ord(look): unlinked(ord(look)) for look in set(looks)}
    if any(before != after for before, after in plain.items()):
        row.looks = looks.translate(plain)
        row.version = version
