"""Program, for ``python -m coach``."""

import sys

from coach.cli import main

exit_code = main()
# A Ctrl-C that arrived inside exec or eval of a text, as where a data class is made, would make CPython 3.11 to 3.13
# end by that signal, although it was handled: they clear their note of it only as they evaluate the next text.
eval("0")  # noqa: S307 - a constant
sys.exit(exit_code)
