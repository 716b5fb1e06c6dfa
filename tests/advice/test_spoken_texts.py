"""Numbers that can be read in two ways, in both languages, letters that no voice says, and stage directions."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session

from coach.advice.spoken_texts import find_ambiguities
from coach.languages.text_normalizer import normalize_text


def test_both_readings_are_reported_with_how_to_write_each(render: RenderAdvice) -> None:
    assert render("ambiguous-number", make_session('free: {lasts: 4m, say: "Walk until 2:00."}')) == (
        "run.yaml:5:40: advice[ambiguous-number]: '2:00' is said as 'two minutes', and may also mean 'two o'clock'\n"
        '   5 |   - free: {lasts: 4m, say: "Walk until 2:00."}\n'
        "     |                                        ^^^^\n"
        "     help: write '2 min' or 'at 2:00'"
    )


@pytest.mark.parametrize(
    ("language", "text", "said", "instead", "other", "other_instead"),
    [
        ("en", "Back before 10:30.", "ten thirty", "at 10:30", "ten and a half minutes", "10 min 30 sec"),
        ("en", "Run 60m.", "sixty minutes", "60 min", "sixty metres", "60 metres"),
        ("nl", "Loop 20m.", "twintig minuten", "20 min", "twintig meter", "20 meter"),
        (
            *("en", "We run 8:00-9:00.", "eight minutes to nine minutes", "8 min to 9 min"),
            *("eight o'clock to nine o'clock", "at 8:00 to 9:00"),
        ),
        (
            *(
                "nl",
                "We lopen 18:00–19:30.",
                "achttien minuten tot negentienenhalve minuut",
                "18 min tot 19 min 30 sec",
            ),
            *("achttien uur tot negentien uur dertig", "om 18:00 tot 19:30"),
        ),
        ("en", "Walk 5 m.", "five metres", "5 metres", "five minutes", "5 min"),
        ("en", "Breathe 2-3.", "two three", "two, three", "two to three", "two to three"),
        ("en", "Breathe 2/3.", "two three", "two, three", "two thirds", "two thirds"),
        (
            *("en", "On 3/4/2026.", "the third of April", "3 April"),
            *("the fourth of March", "4 March"),
        ),
        ("nl", "Wandel tot 2:00.", "twee minuten", "2 min", "twee uur", "om 2:00"),
        ("nl", "Loop 60m.", "zestig minuten", "60 min", "zestig meter", "60 meter"),
        ("nl", "Adem 2-3.", "twee drie", "twee, drie", "twee tot drie", "twee tot drie"),
        ("en", "Tue. 3/4, at ten", "the third of April", "3 April", "the fourth of March", "4 March"),
        (
            *("nl", "Hartslag 120/130 bpm.", "honderdtwintig tot honderddertig slagen per minuut", "120 tot 130 bpm"),
            *("honderdtwintig of honderddertig slagen per minuut", "120 of 130 bpm"),
        ),
        ("en", "Do 30:30 now.", "thirty thirty", "30/30", "thirty minutes and thirty seconds", "30 min 30 sec"),
        ("nl", "Kom naar de inloop 19:00.", "negentien uur", "om 19:00", "negentien minuten", "19 min"),
        ("nl", "Er is geen les op 1/5.", "één vijfde", "één vijfde", "één mei", "1 mei"),
        ("nl", "Wandel 1.30.", "één komma drie nul", "1,30", "anderhalve minuut", "1 min 30 sec"),
    ],
)
def test_numbers_with_two_readings_are_reported(
    language: str, text: str, said: str, instead: str, other: str, other_instead: str
) -> None:
    (found,) = find_ambiguities(text, language)
    assert (found.said.spoken, found.said.instead) == (said, instead)
    assert (found.other.spoken, found.other.instead) == (other, other_instead)
    assert said in normalize_text(text, language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "text",
    [
        *("Walk 1:30, then run 2:00.", "Nog 3:30.", "400m", "5m", "3-5 min", "3-3", "2x", "1/2", "2.5 km", "2,5 km"),
        *("Neem 3-5 ademteugen.", "Take 3-5 deep breaths.", "1:02:30", "2:1", "22/11/2026", "158 spm", "7am", "№ 5"),
    ],
)
def test_numbers_with_one_reading_are_not_reported(language: str, text: str) -> None:
    assert list(find_ambiguities(text, language)) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(("en", "Meet at 10:30 or 11:00."), ("en", "A sprint of 60m."), ("en", "Back by 7:00 am."), ("en", "1.30")),
        *(("en", "8:00-9:00/mi"), ("en", "The group meets 8:00-9:00."), ("nl", "Zaterdag 8:00-9:00 in het park.")),
        *(("nl", "Tot 9:00 uur."), ("nl", "Een sprintje van 60m."), ("nl", "Om 8.30 uur."), ("nl", "3/4/2026")),
    ],
)
def test_a_word_beside_it_tells_what_is_meant(language: str, text: str) -> None:
    assert list(find_ambiguities(text, language)) == []


def test_unspoken_letters_are_reported_unless_say_as_gives_them(render: RenderAdvice, find: FindAdvice) -> None:
    text = make_session("free: {lasts: 4m, say: To Αθήνα.}")
    assert render("unspoken-letters", text) == (
        "run.yaml:5:31: advice[unspoken-letters]: no voice of this language can say 'Αθήνα', so it is left out\n"
        "   5 |   - free: {lasts: 4m, say: To Αθήνα.}\n"
        "     |                               ^^^^^\n"
        '     help: write how it sounds, as in say-as: {Αθήνα: "..."}'
    )
    assert (
        find("unspoken-letters", make_session("free: {lasts: 4m, say: To Αθήνα.}", say_as='{Αθήνα: "a-thee-na"}')) == ()
    )


@pytest.mark.parametrize("text", ["Laat je schdr. zakken.", "Doe het 3 keer per schdr. drie dagen lang."])
def test_a_short_form_that_is_not_known_is_reported_unless_say_as_gives_it(text: str, find: FindAdvice) -> None:
    blocks = f"free: {{lasts: 4m, say: {text}}}"
    (found,) = find("unknown-abbreviation", make_session(blocks, language="nl"))
    assert found.message == "'schdr.' looks like a short form that the coach does not know"
    assert found.help == 'write the word out, or say it in say-as: {"schdr.": "..."}'
    for said in ("schouder", "{ipa: ˈsxʌudər}"):
        given = make_session(blocks, language="nl", say_as=f'{{"schdr.": {said}}}')
        assert find("unknown-abbreviation", given) == ()


@pytest.mark.parametrize(
    ("language", "written", "said", "mark"),
    [
        ("nl", "(pauze)", "pauze", "write [3s] for a pause, or leave out the brackets if it is to be said"),
        ("nl", "(10 sec stilte)", "tien seconden stilte", "write [10s] for a pause, or leave out the brackets if it"),
        ("nl", "(adem in)", "adem in", "write [in] to wait for the next in-breath, or leave out the brackets if it"),
        ("nl", "*zucht*", "zucht", "take it out, or leave out the asterisks if it is to be said"),
        ("en", "(Pause for 2m.)", "Pause for two minutes.", "write [2m] for a pause, or leave out the brackets if it"),
        ("en", "**exhales**", "exhales", "write [out] to wait for the next out-breath, or leave out the asterisks if"),
        ("en", "_whispering_", "whispering", "take it out, or leave out the underscores if it is to be said"),
    ],
)
def test_what_tells_how_to_speak_is_reported_with_the_mark_for_it(
    language: str, written: str, said: str, mark: str, find: FindAdvice
) -> None:
    head = f"coach: 1\nlanguage: {language}\ntitle: Run\nblocks:\n"
    (found,) = find("stage-direction", f"{head}  - free: {{lasts: 4m, say: 'Let go. {written} And on.'}}\n")
    assert found.message == f"'{written}' is said as '{said}'"
    assert found.help.startswith(mark)


@pytest.mark.parametrize(
    ("tag", "mark"),
    [
        ('<break time="2s"/>', "write [2s] for a pause"),
        ("<pause>", "write [1s] for a pause"),
        ("</prosody>", "take it out"),
    ],
)
def test_tags_of_other_programs_are_not_said(tag: str, mark: str, find: FindAdvice) -> None:
    (found,) = find("stage-direction", make_session(f"free: {{lasts: 4m, say: 'Let go. {tag} And on.'}}"))
    assert (found.message, found.help) == (f"'{tag}' is a mark of another program, so it is left out", mark)
    assert normalize_text(f"Let go. {tag} And on.", "en") == "Let go. And on."


def test_words_in_brackets_that_are_meant_to_be_heard_are_not_reported(find: FindAdvice) -> None:
    session = make_session("free: {lasts: 4m, say: 'Breathe (in and out), *slowly*, (4 x 30s) rest (pauses help).'}")
    assert find("stage-direction", session) == ()
