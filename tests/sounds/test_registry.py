import subprocess
import sys

from coach.sounds import registry


def test_the_names_a_session_may_use() -> None:
    assert registry.TICKS == ("wood", "click", "drum", "step")
    assert registry.BELLS == ("bowl", "chime", "gong")
    assert registry.BREATHS == ("air", "wave")
    assert registry.BEDS == ("wind", "rain", "forest", "sea")


def test_knowing_the_names_takes_no_heavy_imports() -> None:
    listing = "import sys, coach.sounds.registry; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    assert not {"scipy", "soundfile", "pydub", "soxr", "imageio_ffmpeg"} & set(loaded)
