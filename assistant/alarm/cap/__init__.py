"""The Common Alerting Protocol, version 1.2 (OASIS, 2010): bytes to alerts and back. https://docs.oasis-open.org/emergency/cap/v1.2/"""
