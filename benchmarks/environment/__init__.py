"""How fast readings are taken in and asked for."""
