"""Program, for ``python -m coach.cli``."""

import sys

from coach.cli import main

sys.exit(main())
