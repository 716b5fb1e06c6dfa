import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from coach_process import Ran

import coach.session

FILE = Path(coach.session.__file__).parent.parent / "session.schema.json"
REWRITE = "the schema has changed; write it anew with: coach schema > coach/session.schema.json"


def test_the_file_that_editors_read_is_what_the_command_prints(coach: Callable[..., Ran]) -> None:
    ran = coach("schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert ran.out == FILE.read_text(encoding="utf-8"), REWRITE


def test_its_address_leads_to_it(coach: Callable[..., Ran]) -> None:
    ran = coach("schema", "--where")
    assert (ran.code, ran.err) == (0, "")
    address = urlsplit(ran.out.removesuffix("\n"))
    assert address.scheme == "file"
    assert Path(unquote(address.path)).samefile(FILE)
