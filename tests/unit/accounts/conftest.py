"""The door that every test of this room comes through."""

from tests.fixtures.accounts import database as database
from tests.fixtures.accounts import door as door
from tests.fixtures.accounts import empty as empty
from tests.fixtures.accounts import hands as hands
