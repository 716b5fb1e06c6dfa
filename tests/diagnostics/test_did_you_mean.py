"""Which word was certainly meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.diagnostics.did_you_mean import find_certain, normalize
from coach.session.file_model import BlockSettings

KEYS = BlockSettings.list_known_keys()


@given(key=st.sampled_from([key for key in KEYS if len(normalize(key)) > 2]), data=st.data())
def test_a_key_with_two_neighbouring_letters_swapped_is_certain(key: str, data: st.DataObject) -> None:
    bare = normalize(key)
    at = data.draw(st.integers(0, len(bare) - 2))
    assert find_certain(bare[:at] + bare[at + 1] + bare[at] + bare[at + 2 :], KEYS) == key


@pytest.mark.parametrize(
    ("written", "options"),
    [
        pytest.param("ni", ["in", "out"], id="two letters"),
        pytest.param("yas", ["say", "easy"], id="letters that are no neighbours"),
        pytest.param("abc", ["bac", "acb"], id="two words that it may be"),
        pytest.param("lips", ["hips", "knees"], id="another letter"),
    ],
)
def test_what_may_be_another_word_is_not_certain(written: str, options: list[str]) -> None:
    assert find_certain(written, options) is None
