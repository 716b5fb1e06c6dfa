"""A whole session as sound, on its way to a file."""

from collections.abc import Iterator

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank
from coach.commands.production import Production
from coach.commands.progress import Progress
from coach.play.known_level import remember
from coach.sounds.clip import Samples
from coach.units import frames_to_seconds


def mixed(production: Production, shown: Progress) -> Iterator[Samples]:
    """The mastered blocks of samples of a session, at ``RATE_HZ``; each is told as it is taken."""
    bank = SoundBank(rate_hz=RATE_HZ, speech=production.booth.clip)
    level_db = mastering.gain_db(production.timeline, bank, RATE_HZ)
    remember(production.timeline, level_db)
    blocks = Mixer(production.timeline, bank, RATE_HZ).blocks()
    frames = 0
    for block in mastering.mastered(blocks, level_db):
        yield block
        frames += block.shape[0]
        shown.sound(frames_to_seconds(frames, RATE_HZ), production.timeline.length_s)
