"""The check of the Python version, which any Python from 2.7 on can read; then the virtual environment."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is what tells an older Python's user what to do
    import glob
    import os

    sys.stderr.write("the coach needs Python 3.11 or newer; this is %d.%d.%d\n" % sys.version_info[:3])  # noqa: UP031
    newer = sorted(  # the same system may have one under another name
        os.path.basename(program)  # noqa: PTH119 - no pathlib in 2.7
        for folder in os.environ.get("PATH", "").split(os.pathsep)
        for program in glob.glob(os.path.join(folder, "python3.1[1-9]"))  # noqa: PTH118, PTH207
    )
    if newer:
        sys.stderr.write("here is one: %s %s\n" % (newer[-1], " ".join(sys.argv)))  # noqa: UP031
    else:
        sys.stderr.write("python.org has it for Windows and macOS; Linux systems have it as a package\n")
    sys.exit(2)

from virtual_environment import DOCS, TESTS, USE, run

__all__ = ["DOCS", "TESTS", "USE", "run"]
