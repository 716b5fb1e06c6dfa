"""Sound: the name of a built-in sound, an audio file beside the session, or `none`."""

from collections.abc import Mapping
from pathlib import Path

from coach.session.values.file_path import AUDIO_FILE_PATTERN, FILE_PATH, FilePath, is_audio
from coach.session.values.value_kind import Schema, ValueKind
from coach.session.values.word_choice import WordChoice


class Sound(ValueKind[str | Path]):
    """The name of a built-in sound of a slot (tick, bell, breath or bed), ``none``, or an audio file."""

    name = "a sound"
    advice = "write the name of a sound, a file, or none"
    pattern = AUDIO_FILE_PATTERN
    examples = ("none", "sounds/bell.wav")

    def __init__(self, slot: str, meanings: Mapping[str, str], file: FilePath = FILE_PATH) -> None:
        self._file = file
        self._built_in = WordChoice(f"{slot} sound", {**meanings, "none": "No such sound."}, name=self.name)

    def _parse(self, text: str) -> str | Path:
        return self._file._parse(text) if is_audio(text) else self._built_in._parse(text)  # noqa: SLF001 - corrections are made once, here

    def format(self, value: str | Path) -> str:
        """Write the name, or the file's path."""
        return value if isinstance(value, str) else self._file.format(value)

    def to_json_schema(self) -> Schema:
        """Describe one of the names, or an audio file."""
        built_in = self._built_in.to_json_schema()
        message = f"{built_in['errorMessage']}, or name a file beside the session"
        file = {"type": "string", "pattern": self.pattern, "errorMessage": message}
        return {"oneOf": [{**built_in, "errorMessage": message}, file]}
