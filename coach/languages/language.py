"""The language type: everything that is said, shown, asked or recognised in one language, as tables with types.

The tables are named tuples, which are made five times as fast as dataclasses when a command starts.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from coach.languages.screen_words import AnswerWords, ChartWords, JournalWords, NumberWords, PageWords, ScreenWords


class VoiceLines(NamedTuple):
    """Lines to hear and test a voice by.

    ``sample`` is what `coach voices hear` plays, ``trial`` what a voice must say before it is installed, and ``pace``
    what it says to measure its pace: without commas, as their pauses differ.
    """

    sample: str
    trial: str
    pace: str


_VOWELS = re.compile(r"[aeiouyáéíóúàèëïöüêâ]+")
_PAUSES = re.compile(r"[,;:]")
_ENDS = re.compile(r"[.!?…]+(?=\s|$)")


class SpeechPace(NamedTuple):
    """What each part of a text takes, in seconds; ``edges`` are the lead, the tail and the drawl of the last word."""

    edges_s: float
    vowels_s: float
    letter_s: float
    comma_s: float
    sentence_s: float

    def estimate_s(self, text: str) -> float:
        """Estimate how long a normalized text takes to say."""
        text = text.lower()
        return (
            self.edges_s
            + self.vowels_s * len(_VOWELS.findall(text))
            + self.letter_s * sum(character.isalnum() for character in text)
            + self.comma_s * len(_PAUSES.findall(text))
            + self.sentence_s * max(0, len(_ENDS.findall(text)) - 1)
        )


class FractionWords(NamedTuple):
    """How parts of a whole are said.

    Attributes:
        names: for a denominator: its name for one, and for several; others are ordinals.
        several: what follows an ordinal for several; ``half`` is one and a half.
        whole: the pieces of 1/2, 3/4 and the like that are not said as their parts are, such as *driekwart*.
        of_unit: a part of a unit; has {part} and {unit}.
        half_unit: half of a unit; has {unit}.
        mixed: a number and a part; has {whole} and {part}.
        halves: how two and a half is said; has {whole}.
        single: whether a unit after a half is singular, as in *anderhalve minuut*.
        inflected: nouns before which a half changes its form, and ``inflection``, the ending and the changed ending.
        contractions: patterns of what two of these say together, and what is said instead.
        after_article: patterns in what is said, and what is said instead behind an article.
    """

    names: Mapping[int, tuple[str, str]]
    several: str
    whole: Mapping[str, str]
    of_unit: str
    half_unit: str
    mixed: str
    half: str
    halves: str
    single: bool
    inflected: tuple[str, ...]
    inflection: tuple[str, str]
    contractions: Mapping[str, str]
    after_article: Mapping[str, str]


class UnitLengths(NamedTuple):
    """How lengths in one unit are said; ``halves`` are several and a half."""

    one: str
    half: str
    one_and_a_half: str
    halves: str
    several: str


class LengthWords(NamedTuple):
    """How a length of time is said; ``joined`` has {larger} and {smaller}.

    ``named`` are lengths with a name of their own, by their seconds. ``nearly`` and ``just_over`` have {length}, and
    replace ``about``, a regular expression, before a length.
    """

    seconds: UnitLengths
    minutes: UnitLengths
    hours: UnitLengths
    joined: str
    named: Mapping[int, str]
    nearly: str
    just_over: str
    about: str


class ContextWords(NamedTuple):
    """Words that tell what a number beside them is, as regular expressions of whole words.

    Attributes:
        clock_before: before a time of day; ``clock_after`` after one.
        perhaps_clock: before a time that may be one of the day or one of the run.
        appointment: in a text about what one has at a time of day.
        morning: what follows a time before noon; ``afternoon`` after noon.
        distance: in a text about distances.
        breath: in a text about a breath, whose numbers are steps.
        counted: what can be counted, so that the numbers before it are a range.
        year_before: before a year; ``month_before`` beside these before a short month.
        people: short months that are names of people where they stand alone.
        numbered: before a number in Roman numerals, but not if ``not_roman`` is a word; ``counters`` are others.
        single_after: before a quantity that is an adjective, as in *a 5 min walk*.
        directions: what a stage direction says, as in (pause), by what it asks for.
        per_after: what a stroke after a word counts by, as in 3x/week; ``per_each`` what one after a number or a plural
            counts by, as in 10/side.
        single_unit: before a unit that stands alone for one, as in *the last km*.
        thousands_of: what a short number may be a thousand of, as in 10k steps.
        dialled: before a number that is said digit by digit.
        paced: after a time that is said as two numbers, as in *a 9:30 mile*.
        elapsed: after a time that is one of the run, as in *at 10:00 into it*.
        attributed: nouns before which a unit is singular, as in *400 m repeats*; ``perhaps_attributed`` others, after
            ``determiners``.
        monarchs: before a numeral that is an ordinal, as in *Henry VIII*.
        street_before: before the name of a street; ``no_saint`` are words with *'s* that are no name, as in *Let's*.
    """

    clock_before: str
    clock_after: str
    perhaps_clock: str
    appointment: str
    morning: str
    afternoon: str
    distance: str
    breath: str
    counted: str
    year_before: str
    month_before: str
    people: str
    numbered: str
    not_roman: str
    counters: str
    single_after: str
    directions: Mapping[str, str]
    per_after: str
    per_each: str
    single_unit: str
    thousands_of: str
    dialled: str
    paced: str
    elapsed: str
    attributed: str
    perhaps_attributed: str
    determiners: str
    monarchs: str
    street_before: str
    no_saint: str


class SpokenForms(NamedTuple):
    """How numbers, signs, units and abbreviations are read aloud.

    Attributes:
        thousands: the sign between groups of three digits; ``point`` the sign before decimals.
        point_word: how ``point`` is said; ``dot`` how the point in an address is said.
        units: what follows a number, as it is written: its name for one, and for several.
        long_units: units that may also stand without a number.
        metres: what 400m and 5 m are; ``minutes`` what 5m is; ``money`` what signs of money are, and ``cents``
            what their hundredths are.
        ordinals: the endings that make a number an ordinal, as in 3rd.
        endings: what is written directly after a number and said as one word with it, as in 40ers.
        abbreviations: as they are written, with their stops; what they are read as.
        limits: abbreviations that stand before a number or a word, so that they end no sentence.
        numbered: those that stand before a number only; ``closing`` those that may end a sentence.
        also_words: abbreviations that are words with the stop of a sentence, as in *skip the intro.*
        capitals: abbreviations that are compared in their case.
        places: abbreviations that stand after a name, as in Main St.
        short_months: short names of months and ``short_days`` of days of the week, in small letters, without a stop.
        small_names: whether those names are also written in small letters.
        signs: signs by themselves; ``signs_before`` those directly before a number.
        between: the word in 20-30; ``ratio`` that in 2:1; ``out_of`` that in 7/10; ``part_of`` that in round 3/4.
        either: the word between two of which one is meant; ``once`` that in 1x; ``or_more`` what the sign in 10+ says.
        per: the word for the stroke in 3x/week.
        squared: the word for a power of two; ``cubed`` of three; ``power`` of others, has {power}.
        zone: the word for the letter in Z2.
        then: what an arrow between words says; ``becomes`` between numbers.
        o_clock: a whole hour; has {hour}; ``past`` an hour and minutes; has {hour} and {minutes}.
        nought: the word before a single digit of minutes; "" where none is said.
        clock_example: how an author writes a time of day; has {hour} and {minutes}.
        twelve_hours: whether hours are counted to twelve, twice a day.
        half_days: what follows a time in the morning, in the afternoon and in the evening.
        date: a day of a month; has {day} and {month}; ``ordinal_days`` whether the day is an ordinal.
        regnal: the number of a king, a queen or a pope; has {ordinal}.
        long_years: whether a year is said as two numbers, as in nineteen eighty-four.
        decades: the names of tens of years, from the tens.
        fractions: how parts of a whole are said; ``lengths`` how lengths of time are.
        rounds: what is counted in rounds, for several and for one; ``each`` are words before one that is numbered.
        contexts: words that tell what a number is.
    """

    thousands: str
    point: str
    point_word: str
    dot: str
    units: Mapping[str, tuple[str, str]]
    long_units: tuple[str, ...]
    metres: tuple[str, str]
    minutes: tuple[str, str]
    money: Mapping[str, tuple[str, str]]
    cents: Mapping[str, tuple[str, str]]
    ordinals: tuple[str, ...]
    endings: tuple[str, ...]
    abbreviations: Mapping[str, str]
    limits: Mapping[str, str]
    numbered: Mapping[str, str]
    closing: frozenset[str]
    also_words: frozenset[str]
    capitals: Mapping[str, str]
    places: Mapping[str, str]
    short_months: Mapping[str, str]
    short_days: Mapping[str, str]
    small_names: bool
    signs: Mapping[str, str]
    signs_before: Mapping[str, str]
    between: str
    ratio: str
    out_of: str
    part_of: str
    either: str
    once: str
    or_more: str
    per: str
    squared: str
    cubed: str
    power: str
    zone: str
    then: str
    becomes: str
    o_clock: str
    past: str
    nought: str
    clock_example: str
    twelve_hours: bool
    half_days: tuple[str, str, str]
    date: str
    ordinal_days: bool
    regnal: str
    long_years: bool
    decades: tuple[str, ...]
    fractions: FractionWords
    lengths: LengthWords
    rounds: Mapping[str, str]
    each: tuple[str, ...]
    contexts: ContextWords


class NewSessionWords(NamedTuple):
    """The words of a new session: what it says, and what it explains to its author.

    ``head`` are the lines at the top. ``keys`` are short remarks on the keys, ``kinds`` one on each kind of block,
    ``mindful`` those that differ in a mindful run; ``about`` says what each form is for. ``look`` is an example of a
    cue, ``said`` what a mindful run says, by kind, and ``own`` what an author should know about own words.
    """

    head: tuple[str, ...]
    keys: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    mindful: Mapping[str, tuple[str, ...]]
    about: Mapping[str, str]
    look: str
    said: Mapping[str, str]
    own: tuple[str, ...]
    replaced: str
    just_running: str
    easy_between: str


Subject = Literal["distance", "pace", "records", "calories", "goals", "effort", "cure"]


class LexiconPhrase(NamedTuple):
    """A phrase: ``stem`` is in every match, for a quick first test; ``pattern`` matches whole words in any case."""

    subject: Subject
    stem: str
    pattern: str

    def find(self, sentence: str) -> re.Match[str] | None:
        """Find the first match in a sentence, which has straight apostrophes."""
        if self.stem not in sentence.casefold():
            return None
        return re.search(rf"(?<!\w)(?:{self.pattern})(?!\w)", sentence, re.IGNORECASE)


class GoalLexicon(NamedTuple):
    """How a language speaks of goals, and of cures.

    ``denial`` matches words that turn a sentence around, as 'no' and 'forget' do; ``perhaps`` words that leave
    open whether something will happen, so that it is no promise; ``instead`` is an example of such a sentence.
    """

    phrases: tuple[LexiconPhrase, ...]
    denial: re.Pattern[str]
    perhaps: re.Pattern[str]
    instead: str


def make_phrases(subject: Subject, patterns: Mapping[str, str]) -> tuple[LexiconPhrase, ...]:
    """Make phrases on a subject from patterns by stem."""
    return tuple(LexiconPhrase(subject=subject, stem=stem, pattern=pattern) for stem, pattern in patterns.items())


class Language(NamedTuple):
    """One language. What the kinds of block say is in `blocks.yaml` beside it (`load_block_wording`).

    Attributes:
        code: two letters (ISO 639-1), the name of its folder.
        english_name: its name in messages.
        voice_tags: what systems call it in the names of their voices, in small letters.
        iso_639_2: its codes of three letters, the first for the tags of a file.
        album: the album in the tags of a file.
        voices: voices and families of voices by name, the best first. The first good one that is installed speaks
            unless another is asked for.
        piper_voice: the Piper voice to recommend where none is installed; "" for none.
        better_voice: what that voice is, against the one that speaks now.
        synonyms: what authors write in this language for the words of a session, by those words: for `lasts`, "duur".
    """

    code: str
    english_name: str
    voice_tags: tuple[str, ...]
    iso_639_2: tuple[str, ...]
    album: str
    voices: tuple[str, ...]
    piper_voice: str
    better_voice: str
    voice_lines: VoiceLines
    pace: SpeechPace
    spoken_forms: SpokenForms
    number_words: NumberWords
    screen: ScreenWords
    chart: ChartWords
    page: PageWords
    journal: JournalWords
    answers: AnswerWords
    new_session: NewSessionWords
    goal_lexicon: GoalLexicon
    synonyms: Mapping[str, tuple[str, ...]] = MappingProxyType({})
