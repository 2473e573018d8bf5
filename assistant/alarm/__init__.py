"""An alert's way to the screen, the voice, the broker and the way out."""
