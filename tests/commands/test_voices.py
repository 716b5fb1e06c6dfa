from collections.abc import Callable

from commandline import Ran

from coach.voices import registry

Coach = Callable[..., Ran]


def test_every_voice_is_listed_under_its_languages_and_the_own_one_is_marked(coach: Coach) -> None:
    told = coach("voices")
    assert (told.code, told.err) == (0, "")
    heads = [line[:13].rstrip() for line in told.out.splitlines() if line[:2] == "  " and line[2:5].strip()]
    assert heads == ["  * espeak", "  * hibari", "    espeak"]
    assert told.out.splitlines()[0] == "nl:"
    assert told.out.splitlines()[-1] == "* speaks unless --voice names another"
    said = " ".join(told.out.split())
    assert all(registry.load(spec).about in said for spec in registry.VOICES.values())


def test_no_line_is_wider_than_a_terminal(coach: Coach) -> None:
    assert max(map(len, coach("voices").out.splitlines())) <= 80


def test_one_language_can_be_asked_for(coach: Coach) -> None:
    assert "hibari" not in coach("voices", "--lang", "nl").out
    assert coach("voices", "--lang", "fr") == Ran(
        code=2, out="", err="error: the coach does not speak 'fr'; choose one of nl, en\n"
    )
