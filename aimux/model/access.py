"""Who else may use the server: users by their number, as `server-access` lists them."""

from __future__ import annotations

from collections.abc import Iterator

MAX_USERS = 1000


class AccessList:
    """The users besides the owner and root, who always may.

    Args:
        owner: The user that the server runs as.
    """

    def __init__(self, owner: int) -> None:
        self._owner = owner
        self._writable: dict[int, bool] = {}

    def __iter__(self) -> Iterator[tuple[int, bool]]:
        """Each user and whether they may change something, by number."""
        return iter(sorted(self._writable.items()))

    def __contains__(self, user: object) -> bool:
        return user in self._writable

    def __len__(self) -> int:
        return len(self._writable)

    def is_owner(self, user: int) -> bool:
        """Whether a user's access cannot be changed."""
        return user in (0, self._owner)

    def admits(self, user: int) -> bool:
        """Whether a user may connect."""
        return self.is_owner(user) or user in self._writable

    def may_write(self, user: int) -> bool:
        """Whether a user's clients may do more than look."""
        return self.is_owner(user) or self._writable.get(user, False)

    def set(self, user: int, *, writable: bool) -> None:
        """Admit a user, or change what they may do."""
        self._writable[user] = writable

    def remove(self, user: int) -> None:
        """Admit a user no more."""
        self._writable.pop(user, None)
