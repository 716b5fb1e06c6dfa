"""The error of a kind of value about a text that it refuses."""

from typing import Any

import pytest

from coach.session.values.value_kind import ScalarError, ValueKind


def refusal(kind: ValueKind[Any], text: str) -> tuple[str, str]:
    """The message and the help."""
    with pytest.raises(ScalarError) as caught:
        kind.parse(text)
    return caught.value.message, caught.value.help
