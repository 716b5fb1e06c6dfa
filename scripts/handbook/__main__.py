"""scripts/docs: build the site, serve it, or generate the pages of docs/reference."""

import sys

from handbook.site import build, serve
from handbook.staging import DOCS, ROOT
from handbook.written import pages

_USAGE = """\
scripts/docs          builds the site in build/site; open index.html there
scripts/docs serve    serves the site while you write
scripts/docs write    generates the pages of docs/reference from the code"""


def main(arguments: list[str]) -> int:
    """Run a command; return the exit code."""
    match arguments:
        case []:
            return 0 if build(ROOT) else 1
        case ["serve"]:
            serve(ROOT)
            return 0
        case ["write"]:
            for name, text in pages():
                path = DOCS / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return 0
    print(_USAGE)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
