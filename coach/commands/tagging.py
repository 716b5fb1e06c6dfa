"""What a rendered session says about itself."""

from coach.commands.production import Production
from coach.outputs.tags import Chapter, Line, Tags
from coach.pictures.cover import cover_png
from coach.timeline.types import Speech

ARTIST = "Coach"
ALBUM = {"nl": "Mindful hardlopen", "en": "Mindful running"}


def tags(production: Production, fingerprint: str) -> Tags:
    """Title, cover, a chapter for each block and a line for each stretch of words."""
    timeline = production.timeline
    return Tags(
        title=timeline.title,
        artist=ARTIST,
        album=ALBUM.get(timeline.language, ""),
        language=timeline.language,
        comment=timeline.about,
        cover_png=cover_png(timeline),
        chapters=tuple(
            Chapter(title=block.title, start_s=block.start_s, end_s=block.end_s) for block in timeline.blocks
        ),
        lines=tuple(
            Line(text=event.text, start_s=event.start_s, end_s=event.end_s)
            for event in timeline.events
            if isinstance(event, Speech)
        ),
        fingerprint=fingerprint,
    )
