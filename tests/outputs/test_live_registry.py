import pytest

from coach.errors import UsageError
from coach.outputs.live_registry import LIVE, live_output
from coach.outputs.silent import Silent
from coach.outputs.speaker import Speaker


def test_these_ways_to_play_a_run_there_are() -> None:
    assert {name: type(live_output(name)) for name in LIVE} == {"speaker": Speaker, "silent": Silent}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("horn", 'there is no output "horn"; choose speaker or silent'),
        (
            "simpleaudio",
            "simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs speaker or silent",
        ),
    ],
)
def test_another_is_refused_with_the_choices(name: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        live_output(name)
    assert str(refused.value) == message
