"""Who may use the server."""

from aimux.model.access import AccessList

OWNER, FRIEND = 1000, 1001


def test_the_owner_and_root_may_do_everything_and_nobody_else_anything() -> None:
    access = AccessList(OWNER)
    assert access.admits(OWNER)
    assert access.admits(0)
    assert access.may_write(OWNER)
    assert not access.admits(FRIEND)
    assert not access.may_write(FRIEND)


def test_a_user_may_look_or_write_until_removed() -> None:
    access = AccessList(OWNER)
    access.set(FRIEND, writable=False)
    assert access.admits(FRIEND)
    assert not access.may_write(FRIEND)
    access.set(FRIEND, writable=True)
    assert access.may_write(FRIEND)
    assert list(access) == [(FRIEND, True)]
    access.remove(FRIEND)
    assert not access.admits(FRIEND)
