"""What a rendered session says about itself."""

from collections.abc import Iterator

from coach.audio import mastering
from coach.audio.gain_cache import remember_gain
from coach.audio.mixer import Mixer
from coach.audio.soundbank import RATE_HZ, SoundBank
from coach.charts.cover import draw_cover_png
from coach.encoders.tags import Chapter, SpokenLine, Tags
from coach.languages.registry import find_language
from coach.services.session_preparation import PreparedSession
from coach.sounds.clip import Samples
from coach.text.console import ProgressReporter
from coach.timeline.timeline import Speech
from coach.units import frames_to_seconds

ARTIST = "Coach"


def build_tags(production: PreparedSession, fingerprint: str) -> Tags:
    """Title, cover, a chapter for each block and a line for each stretch of words."""
    timeline = production.timeline
    return Tags(
        title=timeline.title,
        artist=ARTIST,
        album=find_language(timeline.language).album,
        language=timeline.language,
        comment=timeline.about,
        cover_png=draw_cover_png(timeline),
        chapters=tuple(
            Chapter(title=block.title, start_s=block.start_s, end_s=block.end_s) for block in timeline.blocks
        ),
        lines=tuple(
            SpokenLine(text=event.text, start_s=event.start_s, end_s=event.end_s)
            for event in timeline.events
            if isinstance(event, Speech)
        ),
        fingerprint=fingerprint,
    )


def mix_session(production: PreparedSession, shown: ProgressReporter) -> Iterator[Samples]:
    """The mastered blocks of samples of a session, at ``RATE_HZ``; each is told as it is taken."""
    bank = SoundBank(rate_hz=RATE_HZ, speech=production.booth.clip)
    level_db = mastering.measure_gain_db(production.timeline, bank, RATE_HZ)
    remember_gain(production.timeline, level_db)
    blocks = Mixer(production.timeline, bank, RATE_HZ).blocks()
    frames = 0
    for block in mastering.master(blocks, level_db):
        yield block
        frames += block.shape[0]
        shown.sound(frames_to_seconds(frames, RATE_HZ), production.timeline.length_s)
