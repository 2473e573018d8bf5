"""The page, measured: speed on a slow processor, memory, accessibility of every state, and what ten people get done."""
