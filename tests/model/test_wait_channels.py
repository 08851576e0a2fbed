"""The channels of wait-for: signals, locks, and those who have gone."""

from __future__ import annotations

import pytest

from aimux.errors import CommandError
from aimux.model.wait_channels import MAX_CHANNELS, WaitChannels, Waiter


class Someone:
    """Waits, and may leave."""

    def __init__(self) -> None:
        self.woken = 0
        self.gone = False

    def waiter(self) -> Waiter:
        return Waiter(wake=self._wake, lives=lambda: not self.gone)

    def _wake(self) -> None:
        self.woken += 1


def test_a_signal_wakes_all_who_wait_once() -> None:
    channels, one, other = WaitChannels(), Someone(), Someone()
    channels.wait("x", one.waiter)
    channels.wait("x", other.waiter)
    channels.signal("x")
    assert (one.woken, other.woken) == (1, 1)


def test_a_signal_that_came_before_is_taken_without_waiting() -> None:
    channels, one = WaitChannels(), Someone()
    channels.signal("x")
    channels.wait("x", pytest.fail)
    channels.wait("x", one.waiter)
    assert one.woken == 0


def test_a_second_signal_without_anyone_undoes_the_first() -> None:
    channels, one = WaitChannels(), Someone()
    channels.signal("x")
    channels.signal("x")
    channels.wait("x", one.waiter)
    assert one.woken == 0


def test_a_lock_goes_to_whoever_waited_longest_and_is_still_there() -> None:
    channels, gone, first, second = WaitChannels(), Someone(), Someone(), Someone()
    channels.lock("x", pytest.fail)
    for one in (gone, first, second):
        channels.lock("x", one.waiter)
    gone.gone = True
    channels.unlock("x")
    assert (gone.woken, first.woken, second.woken) == (0, 1, 0)
    channels.unlock("x")
    channels.unlock("x")
    assert second.woken == 1
    with pytest.raises(CommandError, match="channel x not locked"):
        channels.unlock("x")


def test_channels_have_a_limit_and_idle_ones_do_not_count() -> None:
    channels = WaitChannels()
    for number in range(MAX_CHANNELS):
        channels.signal(str(number))
    with pytest.raises(CommandError, match="too many channels"):
        channels.signal("one more")
    channels.wait("0", pytest.fail)
    channels.signal("one more")
