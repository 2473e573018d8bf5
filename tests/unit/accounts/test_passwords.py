"""Which passwords are taken, and how they are kept."""

import pytest
from argon2 import PasswordHasher

from assistant.accounts.passwords import Passwords, check
from assistant.errors import BadRequest

STATION = ["Harbour Central", "Harbour", "Central", "항구중앙역"]


@pytest.mark.parametrize("password", [
    "violet kettle moon tram", "correct horse battery staple", "sunny-otter-42-lamp", "누런 주전자와 달빛 기차",
    "丁香水壶月亮电车铁路桥梁码头灯", "aVq9%tR2#kLz", "            seven quiet lamps", "x" * 3 + " is an odd beginning of it" * 9,
])  # fmt: skip
def test_long_and_unusual_ones_are_taken_whatever_they_are_made_of(password: str) -> None:
    check(password, "ada", STATION)


@pytest.mark.parametrize("password", [
    "", "2short", "elevenchars", "passwordpassword", "aaaaaaaaaaaaaaaa", "123456789012", "qwertyuiop12", "letmeinletmein",
    "harbour central", "HarbourCentral1", "ada.lovelace", "ada.lovelace1", "항구중앙역항구중앙역", "x" * 257,
])  # fmt: skip
def test_short_common_and_local_ones_are_not(password: str) -> None:
    with pytest.raises(BadRequest) as caught:
        check(password, "ada.lovelace", STATION)
    assert caught.value.code == "weak-password"
    assert not password or password not in caught.value.message


def test_where_there_is_no_hash_one_of_the_same_costs_is_looked_at() -> None:
    looked: list[str] = []

    class Watched(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            looked.append(str(hash))
            return super().verify(hash, password)

    passwords = Passwords(Watched(time_cost=1, memory_cost=8, parallelism=1))
    assert not passwords.fits(None, "the password of nobody")
    assert not passwords.fits(passwords.hash("violet kettle"), "wrong")
    assert len({hashed.rsplit("$", 2)[0] for hashed in looked}) == 1
    assert len(looked) == 2


def test_they_are_kept_as_argon2id_at_todays_costs() -> None:
    passwords = Passwords()
    kept = passwords.hash("Å violet kettle")
    assert kept.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert passwords.fits(kept, "Å violet kettle"), "the same keys on another keyboard"
    assert not passwords.fits(kept, "Å violet kettlE")
    assert not passwords.fits("no hash", "x")
    assert not passwords.outdated(kept)
    assert passwords.outdated(kept.replace("m=47104", "m=1024"))
