"""A voice pack: someone's own voice, recorded line by line. It says those lines and no others."""

from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError
from coach.utterance import Utterance
from coach.voices.pack_manifest import LONGEST_S, NAME, PackLine, file_of, read_manifest
from coach.voices.text_normalizer import speakable

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


_RATE_HZ = 48_000

_MOST_LANGUAGES = 20


class VoicePack:
    """The lines in a folder: of one pack, or of one pack for each language in folders called ``nl`` and ``en``.

    Args:
        which: The folder.

    Raises:
        OutsideError: There is no pack, or its manifest is damaged.
    """

    good = True

    def __init__(self, which: str) -> None:
        folder = Path(which).expanduser()
        packs = [(each, read_manifest(each)) for each in folders_of(folder)]
        self.name = f"pack:{which}"
        self.languages = tuple(dict.fromkeys(manifest.language for _, manifest in packs))
        self.speaker = ", ".join(dict.fromkeys(manifest.speaker for _, manifest in packs if manifest.speaker))
        count = sum(len(manifest.lines) for _, manifest in packs)
        self.about = f"{self.speaker or 'Someone'}, recorded: {count} lines."
        self._takes: dict[tuple[str, str], list[tuple[Path, PackLine]]] = {}
        for each, manifest in packs:
            for take in manifest.lines:
                words = speakable(take.text, manifest.language)
                self._takes.setdefault((manifest.language, words), []).append((each, take))
        self.repertoire = {
            line: " ".join(f"{take.sha256}{' counted' * take.counted}" for _, take in takes)
            for line, takes in self._takes.items()
        }

    @classmethod
    def here(cls) -> tuple[str, ...]:
        """None by name: a pack is named by its folder."""
        return ()

    @classmethod
    def missing(cls, _language: str) -> str:
        """How to name one."""
        return "say which voice pack: --voice pack:FOLDER, with the folder that holds its pack.json"

    @property
    def identity(self) -> str:
        """How it is read; what is read, its repertoire tells for each line."""
        return f"pack 1, {_RATE_HZ}"

    def speak(self, utterance: Utterance) -> "Clip":
        """The recording of a line; of one recorded both ways that which is said, or not, on a step.

        Raises:
            OutsideError: The line is not in the pack, or its file is not what the manifest says.
        """
        from coach.sounds.decode import decode  # noqa: PLC0415 - numpy, only where there is speech

        takes = self._takes.get((utterance.language, utterance.text), [])
        if not takes:
            raise ExternalError(f'"{utterance.text}" is not in the voice pack {self.name}', help="record it")
        folder, take = next((each for each in takes if each[1].counted is utterance.counted), takes[0])
        return decode(file_of(folder, take), _RATE_HZ, longest_s=LONGEST_S)


def folders_of(folder: Path) -> tuple[Path, ...]:
    """The packs in a folder: the folder itself, or those of the languages in it; itself where there is none."""
    if _has_manifest(folder):
        return (folder,)
    try:
        inside = sorted(each for each in folder.iterdir() if len(each.name) <= len("nld") and _has_manifest(each))
    except OSError:
        return (folder,)
    return tuple(inside[:_MOST_LANGUAGES]) or (folder,)


def _has_manifest(folder: Path) -> bool:
    return (folder / NAME).is_symlink() or (folder / NAME).exists()
