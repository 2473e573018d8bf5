"""The next step of a conversation, through Rasa or directly."""
