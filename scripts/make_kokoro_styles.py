"""Make coach/voices/engines/kokoro_styles.npz from the styles of Kokoro-82M (Apache-2.0), as npm's kokoro-js has them.

npm pack kokoro-js@1.2.1 && tar xzf kokoro-js-1.2.1.tgz && python scripts/make_kokoro_styles.py package/voices

A style is a table of 510 rows of 256 numbers: the row for a text is that of its number of phonemes. Rows differ least
where texts are long, so only some are kept, and those between them are interpolated, to within a thousandth.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.voices.engines.kokoro_model import read_voices

TARGET = Path(__file__).parent.parent / "coach" / "voices" / "engines" / "kokoro_styles.npz"
ROWS, WIDTH = 510, 256
STEP = 1.1  # from one length to the next

Style = NDArray[np.float32]


def list_lengths() -> list[int]:
    """List the lengths whose rows are kept: each up to ten phonemes, then each a tenth longer."""
    lengths = [0]
    while lengths[-1] < ROWS - 1:
        lengths.append(min(max(lengths[-1] + 1, round(lengths[-1] * STEP)), ROWS - 1))
    return lengths


def mix(folder: Path, parts: dict[str, float]) -> Style:
    """Mix styles by their shares."""
    tables = (
        share * np.fromfile(folder / f"{name}.bin", "<f4").reshape(ROWS, WIDTH).astype(np.float64)
        for name, share in parts.items()
    )
    return sum(tables, np.zeros((ROWS, WIDTH))).astype(np.float32)


def main() -> None:
    """Write the table of each voice that kokoro_voices.json names."""
    folder, lengths = Path(sys.argv[1]), list_lengths()
    styles = {voice.name: mix(folder, dict(voice.parts))[lengths].astype(np.float16) for voice in read_voices()}
    np.savez_compressed(TARGET, allow_pickle=False, lengths=np.array(lengths, np.int16), **styles)
    print(f"{TARGET}: {len(styles)} voices, {len(lengths)} rows each, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
