"""Synthesisers: adapters of `worker.ports.Synthesizer`."""
