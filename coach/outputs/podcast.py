"""The chapters as Podcasting 2.0 has them: a JSON file beside the sound, for feeds and podcast players."""

import json

from coach.outputs.tags import Tags


def podcast_chapters(tags: Tags) -> str:
    """Chapters as JSON, version 1.2 of github.com/Podcastindex-org/podcast-namespace's format."""
    chapters = [
        {"startTime": round(chapter.start_s, 3), "endTime": round(chapter.end_s, 3), "title": chapter.title}
        for chapter in tags.chapters
    ]
    return json.dumps({"version": "1.2.0", "title": tags.title, "chapters": chapters}, ensure_ascii=False, indent=1)
