"""The workshop of the station's own people, at `/console`."""
