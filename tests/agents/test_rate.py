from aimux.agents.rate import MAX_COUNTED, Rate


def test_one_that_does_too_much_waits_for_the_next_second_and_no_other_does() -> None:
    rate = Rate(3)
    allowed = [rate.allows("one", now=7.0 + part / 10) for part in range(5)]
    assert allowed == [True, True, True, False, False]
    assert rate.allows("two", now=7.9)
    assert rate.allows("one", now=8.0)


def test_what_is_counted_has_an_end() -> None:
    rate = Rate(3)
    assert all(rate.allows(str(number), now=0.0) for number in range(MAX_COUNTED))
    assert not rate.allows("one more", now=0.5)
    assert rate.allows("5", now=0.5)
    assert rate.allows("one more", now=1.5)
