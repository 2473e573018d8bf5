"""The headless HTTP API: one router a resource."""
