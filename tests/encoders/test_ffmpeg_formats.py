from coach.encoders.ffmpeg_formats import ffmetadata
from coach.encoders.tags import Chapter, Tags

TAGS = Tags(
    title="a=b;c#d\\e",
    language="en",
    cover_png=b"png",
    chapters=(Chapter(title="[CHAPTER]\ntitle=x", start_s=0.0, end_s=61.5),),
)


def test_no_text_can_add_a_key_or_a_chapter() -> None:
    assert ffmetadata(TAGS, chapters_as_text=False, cover_as_text=False) == (
        ";FFMETADATA1\n"
        "title=a\\=b\\;c\\#d\\\\e\n"
        "genre=Speech\n"
        "language=eng\n"
        "[CHAPTER]\n"
        "TIMEBASE=1/1000\n"
        "START=0\n"
        "END=61500\n"
        "title=[CHAPTER] title\\=x\n"
    )


def test_chapters_and_cover_can_be_comments() -> None:
    assert ffmetadata(TAGS, chapters_as_text=True, cover_as_text=True) == (
        ";FFMETADATA1\n"
        "title=a\\=b\\;c\\#d\\\\e\n"
        "genre=Speech\n"
        "language=eng\n"
        "CHAPTER000=00:00:00.000\n"
        "CHAPTER000NAME=[CHAPTER] title\\=x\n"
        "METADATA_BLOCK_PICTURE=AAAAAwAAAAlpbWFnZS9wbmcAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAANwbmc\\=\n"
    )
