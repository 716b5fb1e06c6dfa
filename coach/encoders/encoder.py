"""Encoder protocol and settings, and the encoders by file extension: what a session can be written to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Protocol

from coach.encoders.tags import Tags
from coach.errors import UsageError
from coach.storage.atomic_write import write_atomically
from coach.translation import _

if TYPE_CHECKING:  # numpy, which a file that is up to date does not need
    from coach.sounds.clip import Samples

RATES_HZ = (32_000, 44_100, 48_000)

# LAME's VBR levels and the average kbit/s in stereo, by its own documentation.
_VBR_KBPS = {"V0": 245, "V1": 225, "V2": 190, "V3": 175, "V4": 165, "V5": 130, "V6": 115, "V7": 100, "V8": 85, "V9": 65}
_CBR_KBPS = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderSettings:
    """How to write a file.

    ``rate_hz`` is the rate of the samples handed over. ``bitrate`` is a level of quality, ``V0`` (best) to ``V9``, at
    which the bit rate follows the sound, or a constant bit rate in kbit/s such as ``128``. WAV and FLAC have none.

    Raises:
        UsageError: The bit rate or the sample rate is not supported.
    """

    rate_hz: int = 48_000
    bitrate: str = "V4"

    def __post_init__(self) -> None:
        if self.rate_hz not in RATES_HZ:
            raise UsageError(
                _(
                    "cannot write {rate_hz} samples per second; choose from {rates}",
                    rate_hz=self.rate_hz,
                    rates=_join_numbers(RATES_HZ),
                )
            )
        if self.bitrate not in _VBR_KBPS and self.bitrate not in map(str, _CBR_KBPS):
            raise UsageError(
                _(
                    "unknown bit rate {bitrate!r}; choose V0 (best) to V9, or one of {others}",
                    bitrate=self.bitrate,
                    others=_join_numbers(_CBR_KBPS),
                )
            )

    @property
    def vbr_level(self) -> int | None:
        """The level of quality, 0 (best) to 9, or None at a constant bit rate."""
        return int(self.bitrate[1:]) if self.bitrate in _VBR_KBPS else None

    @property
    def kbps(self) -> int:
        """The bit rate in kbit/s; at a level of quality, the average."""
        return _VBR_KBPS.get(self.bitrate) or int(self.bitrate)


USUAL_BITRATE = "V4"
WATCH_BITRATE, WATCH_RATE_HZ = "128", 44_100


def choose_settings(rate_hz: int, bitrate: str | None, *, for_watch: bool) -> EncoderSettings:
    """Choose how to write a file: as asked, or else as usual.

    A watch gets a constant bit rate at the rate of CDs, as some stop at any other.

    Raises:
        UsageError: there is no such bit rate, or a watch may not play it.
    """
    usual = WATCH_BITRATE if for_watch else USUAL_BITRATE
    settings = EncoderSettings(rate_hz=WATCH_RATE_HZ if for_watch else rate_hz, bitrate=bitrate or usual)
    if for_watch and settings.vbr_level is not None:
        raise UsageError(
            _("some watches stop at a variable bit rate like {bitrate}; leave it out, or give kbit/s", bitrate=bitrate)
        )
    return settings


class Encoder(Protocol):
    """Writes a whole session to one file, block by block, never holding more than a few blocks."""

    def __call__(self, target: Path, blocks: Iterable["Samples"], tags: Tags, settings: EncoderSettings, /) -> None:
        """Write ``blocks``, each float32 of shape (frames, 2) with full scale at 1.0, and what ``tags`` say.

        Raises:
            OSError: The disk or folder refused.
            ExternalError: A program that encodes failed.
        """
        ...


def _join_numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))


ENCODERS: Mapping[str, str] = {
    ".mp3": "coach.encoders.mp3:write_mp3",
    ".m4a": "coach.encoders.ffmpeg_formats:write_m4a",
    ".opus": "coach.encoders.ffmpeg_formats:write_opus",
    ".flac": "coach.encoders.ffmpeg_formats:write_flac",
    ".wav": "coach.encoders.wav:write_wav",
}
"""The encoders by file extension. A new one is a module beside this one, and a line here."""


def find_encoder(target: Path) -> Encoder:
    """Find the encoder of a file by its extension.

    Raises:
        UsageError: No encoder writes such files.
    """
    name = ENCODERS.get(target.suffix.lower())
    if name is None:
        message = _(
            "cannot write a file without an extension: {file}; choose one of {endings}",
            file=target.name,
            endings=" ".join(ENCODERS),
        )
        if target.suffix:
            message = _(
                "cannot write {suffix} files: {file}; choose one of {endings}",
                suffix=target.suffix,
                file=target.name,
                endings=" ".join(ENCODERS),
            )
        raise UsageError(message)
    encoder: Encoder = resolve_name(name)
    return encoder


def write_file(target: Path, blocks: Iterable["Samples"], tags: Tags, settings: EncoderSettings | None = None) -> None:
    """Write a whole session to a file, which appears under its name only when it is complete.

    Args:
        target: Its extension chooses the format. A file already there is replaced.
        blocks: Float32 of shape (frames, 2), full scale at 1.0, taken one by one.
        tags: Its metadata.
        settings: Rate and bit rate.

    Raises:
        UsageError: The extension is unknown.
        ExternalError: The disk, the folder or ffmpeg failed; what was there before is untouched.
    """
    encode = find_encoder(target)
    with write_atomically(target) as unfinished:
        encode(unfinished, blocks, tags, settings or EncoderSettings())
