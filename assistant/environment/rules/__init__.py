"""The station's rules over its readings: pure, with time and data as arguments."""

from assistant.environment.rules.engine import Engine as Engine
from assistant.environment.rules.models import Change as Change
