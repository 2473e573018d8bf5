"""Rasa is started anew only when it has grown and nobody talks."""

import os

from assistant.dialogue.recycling import GROWN, QUIET_S, WARM_S, Recycler, resident_mb


def grown() -> Recycler:
    recycler = Recycler()
    assert not recycler.due(1, 500, 0, 0)
    assert not recycler.due(1, 600, 0, WARM_S)  # what it has when it is warm
    return recycler


def test_it_waits_until_nobody_talks() -> None:
    recycler, now, large = grown(), WARM_S + 100, 600 * GROWN + 1
    assert not recycler.due(1, large, 1, now)
    assert not recycler.due(1, large, 0, now + QUIET_S - 1)
    assert recycler.due(1, large, 0, now + QUIET_S)


def test_a_process_that_did_not_grow_stays() -> None:
    recycler = grown()
    assert not any(recycler.due(1, 600 * GROWN - 1, 0, now) for now in range(200, 2000, 10))


def test_another_process_is_judged_by_itself() -> None:
    recycler = grown()
    assert not recycler.due(2, 2000, 0, 500)
    assert not recycler.due(2, 2000, 0, 500 + WARM_S)
    assert not recycler.due(2, 2000, 0, 5000)
    assert not recycler.due(None, None, 0, 5000)


def test_memory_is_read() -> None:
    mb = resident_mb(os.getpid())
    assert mb is not None
    assert 5 < mb < 5000
    assert resident_mb(None) is None
    assert resident_mb(2**30) is None
