"""The operators' workshop: publication, swaps under load, roll-back, and the kiosk's speed while a model is trained."""
