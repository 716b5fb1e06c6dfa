"""Writer of a voice pack: each line is on disk, complete, as soon as it is kept."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from coach.errors import ExternalError
from coach.languages.text_normalizer import normalize_text
from coach.sounds.clip import Clip
from coach.storage.atomic_write import make_folder_for, write_atomically, write_text
from coach.translation import _
from coach.voice_recording.script_lines import ScriptLine, make_line_key
from coach.voices.engines.voice_pack import (
    MANIFEST_NAME,
    PackLine,
    PackManifest,
    find_line_file,
    manifest_to_json,
    read_manifest,
)

_SLUG_LETTERS = 40
_DIGEST_LETTERS = 8


class PackWriter:
    """Writes a pack to a folder, which is created when the first line is kept.

    ``empty`` is the manifest of a new pack: its speaker, language and licence.

    Raises:
        ExternalError: The folder holds a pack that is damaged or in another language.
    """

    def __init__(self, folder: Path, empty: PackManifest) -> None:
        self.folder = folder
        self.manifest = read_manifest(folder) if (folder / MANIFEST_NAME).exists() else empty
        if self.manifest.language != empty.language:
            raise ExternalError(
                _(
                    "the voice pack {folder} is in '{language}', and these lines are in '{other}'",
                    folder=folder,
                    language=self.manifest.language,
                    other=empty.language,
                ),
                help=_("choose another folder with --to"),
            )

    def describe(self, speaker: str | None, licence: str | None) -> None:
        """Change the speaker or the licence.

        Raises:
            ExternalError: The disk failed.
        """
        manifest = self.manifest
        described = replace(
            manifest,
            speaker=manifest.speaker if speaker is None else speaker,
            licence=manifest.licence if licence is None else licence,
        )
        if described != manifest:
            self.manifest = described
            if manifest.lines:
                write_text(self.folder / MANIFEST_NAME, manifest_to_json(described))

    def list_missing(self, lines: Iterable[ScriptLine]) -> tuple[ScriptLine, ...]:
        """List the lines that the pack lacks, or whose file was changed."""
        here = {self._make_key(take) for take in self.manifest.lines if self._is_whole(take)}
        return tuple(line for line in lines if make_line_key(line) not in here)

    def take(self, line: ScriptLine) -> Path | None:
        """Find the file of a line, if the pack has it."""
        found = next((take for take in self.manifest.lines if self._make_key(take) == make_line_key(line)), None)
        return None if found is None or not self._is_whole(found) else self.folder / found.file

    def keep(self, line: ScriptLine, clip: Clip) -> None:
        """Write a line, a mono clip, in place of an earlier take of it: first its file, then the manifest.

        Raises:
            ExternalError: The disk failed.
        """
        make_folder_for(self.folder / MANIFEST_NAME)
        data = _encode_flac(clip)
        digest = hashlib.sha256(data).hexdigest()
        name = f"{_slugify(line.caption)}-{digest[:_DIGEST_LETTERS]}.flac"
        with write_atomically(self.folder / name) as unfinished:
            unfinished.write_bytes(data)
        new = PackLine(
            text=line.utterance.text,
            file=name,
            sha256=digest,
            length_s=round(clip.length_s, 3),
            counted=line.utterance.counted,
        )
        others = tuple(take for take in self.manifest.lines if self._make_key(take) != make_line_key(line))
        replaced = {take.file for take in self.manifest.lines} - {take.file for take in (*others, new)}
        self.manifest = replace(self.manifest, lines=(*others, new))
        write_text(self.folder / MANIFEST_NAME, manifest_to_json(self.manifest))
        for file in replaced:
            _remove(self.folder, file)

    def _make_key(self, take: PackLine) -> tuple[str, bool]:
        return normalize_text(take.text, self.manifest.language), take.counted

    def _is_whole(self, take: PackLine) -> bool:
        try:
            find_line_file(self.folder, take)
        except ExternalError:
            return False
        return True


def _encode_flac(clip: Clip) -> bytes:
    """Encode as FLAC of 24 bits: what a soft voice loses in 16 would be audible once its loudness is raised."""
    import soundfile  # noqa: PLC0415 - only where something is kept

    file = BytesIO()
    soundfile.write(file, clip.samples, clip.rate_hz, format="FLAC", subtype="PCM_24")
    return file.getvalue()


def _slugify(text: str) -> str:
    """Make a name by which people recognise a file: lower-case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_SLUG_LETTERS].strip("-") or "line"


def _remove(folder: Path, file: str) -> None:
    """Remove a file that this program named; any other file stays."""
    path = folder / file
    if re.fullmatch(r"[a-z0-9-]+-[0-9a-f]{8}\.flac", file):
        path.unlink(missing_ok=True)
