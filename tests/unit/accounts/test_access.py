"""Coming in, staying in, and being thrown out."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.accounts import audit
from assistant.accounts.passwords import Passwords
from assistant.accounts.secrets import digest
from assistant.accounts.tables import AccountRow, AttemptRow, CodeRow, SessionRow
from assistant.errors import AssistantError, BadRequest, Busy, Conflict, NotAuthorised, TooMany
from tests.fixtures.accounts import GOOD, HERE, NEXT, QUICK, THERE, Door, Hands


def refused(call: Callable[[], object]) -> AssistantError:
    with pytest.raises(AssistantError) as caught:
        call()
    return caught.value


def test_the_first_admin_comes_in_by_the_machines_code(door: Door) -> None:
    assert not door.ready()
    account = door.admin()
    assert door.ready()
    assert (account.name, account.role) == ("ada", "admin")
    signed = door.enter("ada")
    visitor = door.visitor(signed.secret)
    assert visitor is not None
    assert visitor.account == account


def test_a_code_works_once_and_for_a_quarter_of_an_hour(door: Door, hands: Hands) -> None:
    code, expires_at = door.recovery_code()
    assert expires_at == hands.at + timedelta(minutes=15)
    door.redeem(code.lower().replace("-", " "), "ada", GOOD, HERE)
    assert isinstance(refused(lambda: door.redeem(code, "eve", GOOD, HERE)), NotAuthorised)
    late, _ = door.recovery_code()
    hands.turn(minutes=15)
    assert isinstance(refused(lambda: door.redeem(late, "eve", GOOD, HERE)), NotAuthorised)
    assert [account.name for account in door.accounts()] == ["ada"]


def test_a_second_code_voids_the_first(door: Door) -> None:
    first, _ = door.recovery_code()
    second, _ = door.recovery_code()
    assert isinstance(refused(lambda: door.redeem(first, "ada", GOOD, HERE)), NotAuthorised)
    door.redeem(second, "ada", GOOD, HERE)


def test_a_bad_password_does_not_use_the_code_up(door: Door) -> None:
    code, _ = door.recovery_code()
    assert isinstance(refused(lambda: door.redeem(code, "ada", "password1234", HERE)), BadRequest)
    assert isinstance(refused(lambda: door.redeem(code, None, GOOD, HERE)), BadRequest)
    assert door.redeem(code, "ada", GOOD, HERE).role == "admin"


def test_of_two_who_redeem_one_code_at_once_one_gets_in(door: Door) -> None:
    code, _ = door.recovery_code()
    results: list[object] = []

    def redeem(name: str) -> None:
        try:
            results.append(door.redeem(code, name, GOOD, f"{HERE}{name}"))
        except AssistantError as error:
            results.append(error.code)

    threads = [threading.Thread(target=redeem, args=(f"one{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(door.accounts()) == 1, results


def test_secrets_are_not_in_the_database(door: Door) -> None:
    door.admin()
    code, _ = door.recovery_code()
    signed = door.enter("ada")
    with door.database.reading() as session:
        kept = str([
            [vars(row) for row in session.scalars(select(table))] for table in (AccountRow, SessionRow, CodeRow, AttemptRow)
        ])  # fmt: skip
        assert session.get(SessionRow, digest(signed.secret)) is not None
    assert "$argon2id$" in kept
    assert not [secret for secret in (GOOD, code, code.replace("-", ""), signed.secret, HERE) if secret in kept]


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_wrong_name_and_a_wrong_password_look_the_same(door: Door, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    door.admin()
    looked: list[bool] = []
    fits = Passwords.fits
    monkeypatch.setattr(Passwords, "fits", lambda self, stored, password: looked.append(True) or fits(self, stored, password))
    errors = [refused(lambda: door.enter(name, "not the right one")) for _ in range(7)]
    told = [(error.code, error.message) for error in errors]
    assert told == [("sign-in-refused", "name or password are not right")] * 5 + [("too-many-tries", "too many tries; wait a little")] * 2
    assert len(looked) == 5, "an argon2 hash is compared for a name that nobody has as well"


def test_an_account_that_is_off_looks_the_same_too(door: Door) -> None:
    door.admin()
    admin = door.enter("ada").visitor
    other = door.person(admin, "ben", "editor")
    signed = door.enter("ben")
    door.change_account(admin, other.id, role=None, active=False)
    assert door.visitor(signed.secret) is None
    assert refused(lambda: door.enter("ben")).code == "sign-in-refused"


def test_an_account_that_is_switched_off_by_any_hand_is_out_at_once(door: Door) -> None:
    door.admin()
    signed = door.enter("ada")
    with door.database.writing() as session:
        session.scalars(select(AccountRow)).one().active = False
    assert door.visitor(signed.secret) is None


def test_a_new_session_is_never_one_that_was_brought_along(door: Door) -> None:
    door.admin()
    planted = "a-secret-that-somebody-put-into-the-browser"
    first = door.enter("ada", before=planted)
    assert first.secret != planted
    assert door.visitor(planted) is None
    second = door.enter("ada", before=first.secret)
    assert second.secret != first.secret
    assert second.visitor.csrf != first.visitor.csrf
    assert door.visitor(first.secret) is None, "the earlier session ends"


def test_signing_out_ends_the_session_for_whoever_has_its_secret(door: Door) -> None:
    door.admin()
    signed = door.enter("ada")
    door.sign_out(signed.visitor, signed.secret)
    assert door.visitor(signed.secret) is None


def test_a_session_ends_when_idle_and_at_last(door: Door, hands: Hands) -> None:
    door.admin()
    idle = door.enter("ada")
    hands.turn(minutes=31)
    assert door.visitor(idle.secret) is None
    used = door.enter("ada")
    for _ in range(35):
        hands.turn(minutes=20)
        assert door.visitor(used.secret) is not None
    hands.turn(minutes=20)
    assert door.visitor(used.secret) is None, "after twelve hours it ends even if it is used"


def test_a_clock_that_is_set_back_ends_sessions_and_locks_nobody_out_for_long(door: Door, hands: Hands) -> None:
    door.admin()
    signed = door.enter("ada")
    for _ in range(5):
        refused(lambda: door.enter("ada", "wrong"))
    hands.turn(days=-400)
    assert door.visitor(signed.secret) is None
    assert door.enter("ada")


def test_another_role_ends_every_session_and_renews_ones_own(door: Door) -> None:
    door.admin()
    admin = door.enter("ada")
    other = door.person(admin.visitor, "ben", "publisher")
    theirs = door.enter("ben")
    door.change_account(admin.visitor, other.id, role="viewer", active=None)
    assert door.visitor(theirs.secret) is None
    door.change_account(admin.visitor, other.id, role="admin", active=None)
    _, own = door.change_account(admin.visitor, admin.visitor.account.id, role="editor", active=None)
    assert own is not None
    assert door.visitor(admin.secret) is None
    renewed = door.visitor(own.secret)
    assert renewed is not None
    assert renewed.account.role == "editor"


def test_another_password_ends_every_session(door: Door) -> None:
    door.admin()
    one, two = door.enter("ada"), door.enter("ada")
    assert refused(lambda: door.change_password(one.visitor, "wrong", NEXT, HERE)).code == "password-refused"
    assert refused(lambda: door.change_password(one.visitor, GOOD, "short", HERE)).code == "weak-password"
    own = door.change_password(one.visitor, GOOD, NEXT, HERE)
    assert [door.visitor(secret) is None for secret in (one.secret, two.secret, own.secret)] == [True, True, False]
    assert refused(lambda: door.enter("ada")).code == "sign-in-refused"
    assert door.enter("ada", NEXT)


def test_guessing_takes_ever_longer_and_the_right_password_does_not_help_meanwhile(door: Door, hands: Hands) -> None:
    door.admin()
    waits = []
    for _ in range(14):
        error = refused(lambda: door.enter("ada", "wrong"))
        if isinstance(error, TooMany):
            waits.append(error.wait_s)
            assert refused(lambda: door.enter("ada")).code == "too-many-tries"
            hands.turn(seconds=error.wait_s)
            assert refused(lambda: door.enter("ada", "wrong")).code == "sign-in-refused"
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    hands.turn(seconds=900)
    assert door.enter("ada")
    assert refused(lambda: door.enter("ada", "wrong")).code == "sign-in-refused", "the count begins anew"


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(door: Door) -> None:
    door.admin()
    codes: list[str] = []

    def guess() -> None:
        codes.append(refused(lambda: door.enter("ada", "wrong")).code)

    threads = [threading.Thread(target=guess) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes.count("sign-in-refused") + codes.count("busy") <= 5
    assert codes.count("too-many-tries") >= 19


def test_guessing_many_names_from_one_address_is_slowed_and_others_come_in(door: Door) -> None:
    door.admin()
    codes = [refused(lambda number=number: door.sign_in(f"name{number}", "wrong", THERE)).code for number in range(22)]  # type: ignore[misc]
    assert codes == ["sign-in-refused"] * 20 + ["too-many-tries"] * 2
    assert door.enter("ada")


def test_an_own_account_does_not_set_an_address_free_to_go_on_guessing(door: Door) -> None:
    door.admin()
    for number in range(10):
        refused(lambda number=number: door.enter(f"name{number}", "wrong"))  # type: ignore[misc]
    door.enter("ada")
    codes = [refused(lambda number=number: door.enter(f"other{number}", "wrong")).code for number in range(12)]  # type: ignore[misc]
    assert "too-many-tries" in codes


def test_codes_cannot_be_guessed_either(door: Door) -> None:
    errors = [refused(lambda: door.redeem("AAAA-AAAA-AAAA-AAAA-AAAA", "eve", GOOD, THERE)).code for _ in range(6)]
    assert errors == ["code-refused"] * 5 + ["too-many-tries"]
    code, _ = door.recovery_code()
    assert door.redeem(code, "ada", GOOD, HERE), "whoever stands at the machine is not kept waiting"


def test_the_machines_code_brings_a_lost_admin_back(door: Door) -> None:
    door.admin()
    for _ in range(9):
        refused(lambda: door.enter("ada", "wrong"))
    code, _ = door.recovery_code()
    door.redeem(code, "ada", NEXT, THERE)
    assert door.sign_in("ada", NEXT, THERE).visitor.account.role == "admin"


def test_the_last_admin_stays(door: Door) -> None:
    door.admin()
    admin = door.enter("ada").visitor
    _, _, _ = door.invite(admin, "ben", "admin")
    for call in (
        lambda: door.change_account(admin, admin.account.id, role="viewer", active=None),
        lambda: door.change_account(admin, admin.account.id, role=None, active=False),
        lambda: door.erase(admin, admin.account.id),
    ):
        error = refused(call)  # who was invited and has no password yet is no help
        assert isinstance(error, Conflict)
        assert error.code == "last-admin"
    assert [account.role for account in door.accounts()] == ["admin", "admin"]


def test_a_name_is_taken_once(door: Door) -> None:
    door.admin()
    admin = door.enter("ada").visitor
    assert refused(lambda: door.invite(admin, "ada", "viewer")).code == "name-taken"
    with door.database.reading() as session:
        assert audit.listed(session, limit=1)[0].change.action == "session.begun", "what did not happen is not in the log"


def test_who_is_erased_leaves_no_name(door: Door) -> None:
    door.admin()
    admin = door.enter("ada").visitor
    other = door.person(admin, "ben", "viewer")
    theirs = door.enter("ben")
    door.erase(admin, other.id)
    assert door.visitor(theirs.secret) is None
    with door.database.reading() as session:
        lines = audit.listed(session, limit=100)
        assert audit.broken(session) is None
    assert "ben" not in str(lines)
    assert other.id in str(lines)


def test_passwords_are_looked_at_a_few_at_a_time() -> None:
    passwords = Passwords(QUICK)
    with passwords._one:  # one is being looked at for ever
        threads = [threading.Thread(target=lambda: passwords.fits(None, "x")) for _ in range(4)]
        for thread in threads:
            thread.start()
        while passwords._room._value:  # type: ignore[attr-defined]
            pass
        with pytest.raises(Busy):
            passwords.fits(None, "x")
    for thread in threads:
        thread.join()
    assert not passwords.fits(None, "x")
