"""Where a fire is, by the detectors that sound and those that do not."""

from assistant.environment.fire.location import Locator
from assistant.environment.fire.models import Detector, Kind, Located, Model, Sighting

__all__ = ["Detector", "Kind", "Located", "Locator", "Model", "Sighting"]
