"""Offline station assistant: helps travellers by voice and touch, watches nobody."""

__version__ = "0.1.0"
