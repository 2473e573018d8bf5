"""Who may change what: accounts, sessions, tokens, and the log of every change."""
