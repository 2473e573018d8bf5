"""Recognisers: adapters of `worker.ports.Recognizer`. They import their engines; the assistant's own process does not import them."""
