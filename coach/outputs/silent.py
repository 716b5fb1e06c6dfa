"""For machines without sound: a run goes on in its own time, and nothing is heard."""

import miniaudio

from coach.outputs.live import Device, LiveOutput
from coach.outputs.naming import chosen
from coach.outputs.soundcard import opened

_NOTHING = Device(name="silence", is_default=True)


class Silent:
    """One device that asks for samples as a real one does, and drops them."""

    def devices(self) -> tuple[Device, ...]:
        """Silence."""
        return (_NOTHING,)

    def open(self, device: str | None, rate_hz: int) -> LiveOutput:
        """Open silence.

        Raises:
            UsageError: Another device is asked for.
        """
        if device is not None:
            chosen(device, [_NOTHING.name])
        return opened([miniaudio.Backend.NULL], rate_hz)
