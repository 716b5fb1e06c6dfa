"""Which module plays a run while it is heard. A new way is a module beside these and a line here."""

from collections.abc import Callable, Mapping

from coach.devices.device import LiveBackend
from coach.devices.miniaudio_device import MiniaudioBackend, NullDevice
from coach.errors import UsageError

BACKENDS: Mapping[str, Callable[[], LiveBackend]] = {
    "speaker": MiniaudioBackend,
    "silent": NullDevice,
}


def find_backend(name: str) -> LiveBackend:
    """A way to play a run, by its name.

    Raises:
        UsageError: There is no such way, or it cannot play what is still being made.
    """
    choices = " or ".join(BACKENDS)
    if name == "simpleaudio":
        raise UsageError(f"simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs {choices}")
    if name not in BACKENDS:
        raise UsageError(f'there is no output "{name}"; choose {choices}')
    return BACKENDS[name]()
