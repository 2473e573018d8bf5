"""What operators change: releases of the dialogues and the station file, drafts of them, their checks and their proof."""
