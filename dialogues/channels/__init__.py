"""The way into Rasa."""
