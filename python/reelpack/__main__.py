"""`python -m reelpack` is the command `reelpack`."""

import sys

from reelpack.cli import main

sys.exit(main())
