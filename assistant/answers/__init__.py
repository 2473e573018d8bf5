"""Slots in, sourced facts out, one file a topic; and the one renderer from facts to words and cards."""
