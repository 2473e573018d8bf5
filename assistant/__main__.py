"""`python -m assistant`: the same as `station-assistant`."""

import sys

from assistant.cli.main import main

sys.exit(main())
