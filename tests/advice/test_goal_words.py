"""Advice on words that turn a calm run into a task, and similar words that do not."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session

from coach.advice.goal_words import find_phrases
from coach.languages import LANGUAGES, find_language
from coach.languages.block_wording import load_block_wording


def subjects(text: str, language: str) -> list[tuple[str, str]]:
    return [(words, subject) for _, words, subject in find_phrases(text, find_language(language).goal_lexicon)]


def test_a_word_is_marked_just_where_it_stands(render: RenderAdvice) -> None:
    text = make_session("easy: {lasts: 3m, say: {at: 30s, text: Nog twee kilometer te gaan.}}", language="nl")
    assert render("goal-words", text) == (
        "run.yaml:5:53: advice[goal-words]: 'kilometer' speaks of distance, and a mindful run is not about that\n"
        "   5 |   - easy: {lasts: 3m, say: {at: 30s, text: Nog twee kilometer te gaan.}}\n"
        "     |                                                     ^^^^^^^^^\n"
        "     help: leave it out, or turn to what can be felt: breath, feet, the ground, the air"
    )


def test_a_promise_is_marked_with_a_way_to_leave_it_open(render: RenderAdvice) -> None:
    text = make_session("easy: {lasts: 3m, say: Hardlopen helpt tegen angst.}", language="nl")
    assert render("promise-words", text) == (
        "run.yaml:5:38: advice[promise-words]: 'helpt tegen angst' promises what no run can be sure of\n"
        "   5 |   - easy: {lasts: 3m, say: Hardlopen helpt tegen angst.}\n"
        "     |                                      ^^^^^^^^^^^^^^^^^\n"
        "     help: say what may be noticed instead: 'Misschien merk je dat het wat rustiger wordt'"
    )


def test_titles_summaries_and_texts_over_several_lines_are_read_too(render: RenderAdvice) -> None:
    text = (
        "coach: 1\ntitle: {nl: Op naar je doel, en: To your goal}\n"
        "about:\n  nl: Weg met die\n    calorieën.\n  en: Run.\n"
        "blocks:\n  - easy: {lasts: 3m, title: {nl: Recordpoging, en: A run}, say: none}\n"
    )
    heads = [line for line in render("goal-words", text).splitlines() if line.startswith("run")]
    assert [head.partition(" and a")[0] for head in heads] == [
        "run.yaml:2:21: advice[goal-words]: 'je doel' speaks of goals,",
        "run.yaml:5:5: advice[goal-words]: 'calorieën' speaks of calories and weight,",
        "run.yaml:8:35: advice[goal-words]: 'Recordpoging' speaks of records and contests,",
        "run.yaml:2:37: advice[goal-words]: 'your goal' speaks of goals,",
    ]


def test_a_word_that_comes_twice_is_marked_where_it_is_meant(render: RenderAdvice) -> None:
    say = '"There is no personal best today. Or is this your personal best?"'
    assert render("goal-words", make_session(f"easy: {{lasts: 3m, say: {say}}}")).startswith("run.yaml:5:78: ")


def test_a_repeated_text_is_reported_once(find: FindAdvice) -> None:
    text = make_session("repeat: {times: 5, blocks: [{easy: {lasts: 1m, say: A new record.}}]}")
    assert len(find("goal-words", text)) == 1


@pytest.mark.parametrize(
    ("text", "words", "subject"),
    [
        ("Nog 5 km.", "5 km", "distance"),
        ("De laatste kilometers.", "kilometers", "distance"),
        ("Nog honderd meter te gaan.", "Nog honderd meter", "distance"),
        ("Voer het tempo op. Hoger tempo!", "Hoger tempo", "pace"),
        ("Hou dit tempo.", "Hou dit tempo", "pace"),
        ("Loop nu iets sneller.", "Loop nu iets sneller", "pace"),
        ("Je gemiddelde snelheid is goed.", "gemiddelde snelheid", "pace"),
        ("Vijf minuten per kilometer.", "kilometer", "distance"),
        ("Nog 4:30 min/mijl.", "mijl", "distance"),
        ("Dat was 12 km/u.", "12 km", "distance"),
        ("Op naar een persoonlijk record!", "record", "records"),
        ("Wordt dit een PR?", "PR", "records"),
        ("Een mooie prestatie.", "prestatie", "records"),
        ("Je verbrandt nu calorieën.", "calorieën", "calories"),
        ("Zo val je af: vetverbranding.", "vetverbranding", "calories"),
        ("Je hebt je doel bereikt.", "je doel", "goals"),
        ("Geef alles!", "Geef alles", "effort"),
        ("Loop tot het uiterste.", "tot het uiterste", "effort"),
        ("Zo val je af.", "val je af", "calories"),
        ("Straks zul je je ontspannen voelen.", "zul je je ontspannen voelen", "cure"),
        ("Een mooie tijd, vooral je tussentijd.", "je tussentijd", "pace"),
        ("Even doorzetten.", "doorzetten", "effort"),
        ("Geef niet op.", "Geef niet op", "effort"),
        ("Dit geneest je.", "geneest", "cure"),
        ("Gegarandeerd een leeg hoofd.", "Gegarandeerd", "cure"),
        ("Je stress verdwijnt.", "stress verdwijnt", "cure"),
        ("Nooit meer moe.", "Nooit meer moe", "cure"),
        ("Zo kom je van je angst af.", "van je angst af", "cure"),
    ],
)
def test_dutch_that_counts_or_promises(text: str, words: str, subject: str) -> None:
    assert (words, subject) in subjects(text, "nl")


@pytest.mark.parametrize(
    ("text", "words", "subject"),
    [
        ("Only 2 km to go.", "2 km", "distance"),
        ("One more mile.", "One more mile", "distance"),
        ("You have covered a good distance.", "covered a good distance", "distance"),
        ("Pick up the pace.", "Pick up the pace", "pace"),
        ("Now run a little faster.", "run a little faster", "pace"),
        ("That's 6 mph.", "6 mph", "pace"),
        ("A new record!", "new record", "records"),
        ("Is it a PB?", "PB", "records"),
        ("What a performance.", "performance", "records"),
        ("You're burning fat now.", "burning fat", "calories"),
        ("Lose some weight.", "Lose some weight", "calories"),
        ("You've reached your daily goal.", "reached your daily goal", "goals"),
        ("Push yourself!", "Push yourself", "effort"),
        ("No pain, no gain.", "No pain, no gain", "effort"),
        ("Don't give up.", "Don't give up", "effort"),
        ("Go hard.", "Go hard", "effort"),
        ("Give it all you've got.", "Give it all you've got", "effort"),
        ("Push through the pain.", "Push through", "effort"),
        ("Now go faster.", "go faster", "pace"),
        ("Run two hundred metres.", "Run two hundred metres", "distance"),
        ("Running cures you.", "cures", "cure"),
        ("Guaranteed to help.", "Guaranteed", "cure"),
        ("You'll feel better.", "You'll feel better", "cure"),
        ("Your anxiety will disappear.", "anxiety will disappear", "cure"),
        ("No more stress!", "No more stress", "cure"),
        ("Your worries vanish.", "worries vanish", "cure"),
    ],
)
def test_english_that_counts_or_promises(text: str, words: str, subject: str) -> None:
    found = subjects(text, "en")
    assert subject in [each for _, each in found]
    assert any(words.endswith(each) for each, _ in found)


def test_curly_apostrophes_are_as_good_as_straight_ones() -> None:
    curly = "You\N{RIGHT SINGLE QUOTATION MARK}ll feel better."
    assert subjects(curly, "en") == [(curly.removesuffix("."), "cure")]


@pytest.mark.parametrize(
    "text",
    [
        "Adem in je eigen tempo. Houd een rustig tempo. Hou je tempo rustig.",
        "Er is vandaag geen tempo dat je moet halen, en geen record.",
        "Je hoeft niet te presteren.",
        "Vergeet je doel. Laat je doel maar los.",
        "Loop niet sneller dan je kunt praten.",
        "Kijk tien meter vooruit. Luister in de verte, op een afstand.",
        "De beste tijd van de dag. Zonder doel.",
        "Misschien verdwijnt je stress een beetje. Voel hoe de spanning verdwijnt.",
        "Je adem mag hier gerust wat sneller gaan. Luister naar je voeten.",
        "Dat is precies goed. Spring over een plas. Prachtig weer.",
        "Geef alles wat opkomt een plek. Voel je armen, tot het uiterste puntje van je vingers.",
        "Laat de dag van je afvallen. Kijk naar de blaadjes die van de bomen afvallen.",
        "Je adem gaat sneller dan daarnet. Adem in de tussentijd rustig door. Schakel een versnelling lager.",
        "Merk wanneer je over je grens gaat. Dan zul je vanzelf langzamer lopen. Dan zul je rustiger lopen.",
        "Het doel is rust. Je enige doel is ademen.",
        "Nog twee minuten. Je voelt de grond. Dit is een kilo appels.",
        "Kun je praten zonder te hijgen, dan is het goed zo.",
    ],
)
def test_dutch_that_only_sounds_like_it(text: str) -> None:
    assert subjects(text, "nl") == []


@pytest.mark.parametrize(
    "text",
    [
        "Run at your own pace. Let your breath set the pace. A steady, gentle pace is fine.",
        "There's no pace to keep, and no record to beat.",
        "Forget your goals. Let go of every target.",
        "You don't need to perform. It isn't a race.",
        "Listen to the distance. A bird, miles away. Keep your distance from the road.",
        "Record how you feel. The best time of the day.",
        "Run on hard ground. Push off gently. If it is hard, walk.",
        "Perhaps your stress will ease. Feel the tension melt away.",
        "You may feel better for it. Notice how you are now.",
        "A secure step. A cure-all it is not. Pretend nothing.",
        "Give it all your attention. Push through your big toe. Your breath may come faster than before.",
        "Your mind may go a mile a minute. A hundred miles an hour, even. Walk another few metres.",
        "Your only goal today is to breathe. You'll be free to walk.",
        "Look ten metres ahead. Let your mind race past you.",
    ],
)
def test_english_that_only_sounds_like_it(text: str) -> None:
    assert subjects(text, "en") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_the_coach_says_of_itself_counts_or_promises(language: str) -> None:
    page = load_block_wording(language)
    texts = [
        text
        for kind in page.kinds.values()
        for phrasings in (*kind.cues.values(), *kind.parts.values(), (kind.title,))
        for text in phrasings
    ]
    assert len(texts) > 100
    assert [found for text in texts for found in subjects(text, language)] == []
