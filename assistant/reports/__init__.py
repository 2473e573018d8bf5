"""Reports to staff: what happened, where and when, until somebody has acknowledged it. No word of a traveller is in them."""
