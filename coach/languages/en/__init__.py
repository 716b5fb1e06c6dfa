"""English: how it is read aloud, which voices speak it, and all its words."""

from coach.languages.en.english_authoring import GOAL_LEXICON, NEW_SESSION, SYNONYMS
from coach.languages.en.english_interface import ANSWERS, CHART, JOURNAL, PAGE, SCREEN
from coach.languages.language import Language, NumberWords, SpeechPace, SpokenForms, VoiceLines

SPOKEN_FORMS = SpokenForms(
    thousands=",",
    point=".",
    units={
        "s": ("second", "seconds"),
        "sec": ("second", "seconds"),
        "min": ("minute", "minutes"),
        "h": ("hour", "hours"),
        "hr": ("hour", "hours"),
        "hrs": ("hour", "hours"),
        "m": ("minute", "minutes"),
        " m": ("metre", "metres"),
        "km": ("kilometre", "kilometres"),
        "km/h": ("kilometre an hour", "kilometres an hour"),
        "cm": ("centimetre", "centimetres"),
        "kg": ("kilo", "kilos"),
        "ml": ("millilitre", "millilitres"),
        "l": ("litre", "litres"),
        "bpm": ("beat a minute", "beats a minute"),
        "spm": ("step a minute", "steps a minute"),
        "°": ("degree", "degrees"),
        "°C": ("degree", "degrees"),
        "%": ("percent", "percent"),
    },
    money={"€": ("euro", "euros"), "£": ("pound", "pounds"), "$": ("dollar", "dollars")},
    ordinals=("st", "nd", "rd", "th"),
    abbreviations={
        "e.g.": "for example",
        "i.e.": "that is",
        "etc.": "and so on",
        "vs.": "versus",
        "approx.": "about",
        "incl.": "including",
        "max.": "at most",
        "min.": "at least",
        "Mr.": "Mister",
        "Mrs.": "Missis",
        "Dr.": "Doctor",
        "&": "and",
    },
    between="to",
    times="times",
    minus="minus",
    o_clock="{hour} o'clock",
    past="{hour} {minutes}",
    nought="oh",
    half="one and a half",
    halves="{whole} and a half",
)

NUMBER_WORDS = NumberWords(
    zero="zero",
    units=("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    teens=(
        *("ten", "eleven", "twelve", "thirteen", "fourteen"),
        *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ),
    tens=("twenty", "thirty", "forty", "fifty", "sixty"),
    compounds=("{tens}{unit}", "{tens}-{unit}", "{tens} {unit}"),
    others={},
)

LANGUAGE = Language(
    code="en",
    english_name="English",
    voice_tags=("english", "engels"),
    iso_639_2=("eng",),
    album="Mindful running",
    voices=("piper", "system", "hibari", "espeak"),
    piper_voice="en_GB-cori-high",
    better_voice="another voice",
    voice_lines=VoiceLines(
        sample="Hello. This is how I sound. Run at your ease, let your shoulders drop, and breathe out.",
        trial="Breathe in calmly, and let your shoulders drop.",
        pace="Feel how your feet meet the ground with every step "
        "while your shoulders sink and your breath grows quiet.",
    ),
    pace=SpeechPace(edges_s=0.558, vowels_s=0.080, letter_s=0.075, comma_s=0.278, sentence_s=1.567),
    spoken_forms=SPOKEN_FORMS,
    number_words=NUMBER_WORDS,
    screen=SCREEN,
    chart=CHART,
    page=PAGE,
    journal=JOURNAL,
    answers=ANSWERS,
    new_session=NEW_SESSION,
    goal_lexicon=GOAL_LEXICON,
    synonyms=SYNONYMS,
)
