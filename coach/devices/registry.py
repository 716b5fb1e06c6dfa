"""Playback backends by name. A new backend is a module beside these and a line here."""

from collections.abc import Callable, Mapping

from coach.devices.device import LiveBackend
from coach.devices.miniaudio_device import MiniaudioBackend, NullDevice
from coach.errors import UsageError

BACKENDS: Mapping[str, Callable[[], LiveBackend]] = {
    "speaker": MiniaudioBackend,
    "silent": NullDevice,
}


def find_backend(name: str) -> LiveBackend:
    """Find a backend by its name.

    Raises:
        UsageError: There is none of this name, or it cannot play live.
    """
    choices = " or ".join(BACKENDS)
    if name == "simpleaudio":
        raise UsageError(f"simpleaudio plays finished sounds only, so it is for 'coach hear'; a run needs {choices}")
    if name not in BACKENDS:
        raise UsageError(f'there is no output "{name}"; choose {choices}')
    return BACKENDS[name]()
