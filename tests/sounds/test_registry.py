import subprocess
import sys

from coach.sounds import beds, bells, breath_sounds, registry, ticks


def test_the_names_a_session_may_use() -> None:
    assert registry.TICKS == ("wood", "click", "drum", "step")
    assert registry.BELLS == ("bowl", "chime", "gong")
    assert registry.BREATHS == ("air", "wave")
    assert registry.BEDS == ("wind", "rain", "forest", "sea")


def test_each_name_has_a_maker_and_a_description() -> None:
    assert tuple(ticks.MAKERS) == registry.TICKS
    assert tuple(bells.MAKERS) == tuple(registry.BELL_LENGTHS_S) == registry.BELLS
    assert tuple(breath_sounds.MAKERS) == registry.BREATHS
    assert tuple(beds.MAKERS) == registry.BEDS
    assert list(registry.ABOUT) == [*registry.TICKS, *registry.BELLS, *registry.BREATHS, *registry.BEDS]


def test_knowing_the_names_and_how_long_bells_ring_takes_no_heavy_imports() -> None:
    listing = "import sys, coach.sounds.registry; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "soundfile", "soxr", "imageio_ffmpeg"} & set(loaded)
