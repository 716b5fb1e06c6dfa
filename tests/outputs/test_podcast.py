import json

from coach.outputs.podcast import podcast_chapters
from coach.outputs.tags import Tags


def test_chapters_for_feeds(tags: Tags) -> None:
    assert json.loads(podcast_chapters(tags)) == {
        "version": "1.2.0",
        "title": "Reset; run=kort #1 \\ één",
        "chapters": [
            {"startTime": 0.0, "endTime": 1.5, "title": "Inchecken, en dan heel rustig aan"},
            {"startTime": 1.5, "endTime": 3.25, "title": "Adem; drie=in"},
            {"startTime": 3.25, "endTime": 5.0, "title": "Stil"},
        ],
    }
