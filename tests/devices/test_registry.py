import pytest

from coach.devices.miniaudio_device import MiniaudioBackend, NullDevice
from coach.devices.registry import BACKENDS, find_backend
from coach.errors import UsageError


def test_the_backends_by_name() -> None:
    assert {name: type(find_backend(name)) for name in BACKENDS} == {"speaker": MiniaudioBackend, "silent": NullDevice}


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
def test_an_unknown_backend_is_refused_with_the_known_ones(name: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_backend(name)
    assert str(refused.value) == message
