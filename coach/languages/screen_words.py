"""Screen words: what a runner reads during a run, in a picture, on a page and in the diary, and may answer."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Need = Literal["movement", "silence", "rhythm", "fresh-air"]

Ended = Literal["finished", "walked-out", "stopped", "open"]

NoticeKind = Literal[
    "pause-at-breath",
    "cadence-from-breath",  # amount: steps per minute from the next breath on
    "cadence-limit",  # amount: the steps per minute it stays at
    "ticks-level",  # amount: a gain in dB, or the word for off
    "voice-level",  # amount: a gain in dB
    "guidance",  # amount: the words for the level of guidance
    "device-lost",
    "device-back",
    "words-missing",  # a voice failed; the words it should have said were left out
]


class KeyWords(NamedTuple):
    """What each key does: in a word or two for the bottom of the screen, and in a line for the list of keys."""

    space: str
    go_on: str
    elsewhere: str
    begin: str
    blocks: str
    cadence: str
    voice: str
    ticks: str
    guidance: str
    stop: str
    help: str
    back: str
    done: str
    begin_long: str
    space_long: str
    blocks_long: str
    cadence_long: str
    tap_long: str
    ticks_long: str
    voice_long: str
    level_long: str
    guidance_long: str
    stop_long: str
    ctrl_c_long: str


class KeyNames(NamedTuple):
    """What is printed on the keys."""

    space: str
    escape: str
    enter: str


class ScreenWords(NamedTuple):
    """The words of the screen during a run. ``{amount}`` is filled in with the value of a notice."""

    part_of: str
    next_block: str
    to_block_end: str
    to_session_end: str
    to_session_end_short: str
    steps_per_minute: str
    steps_per_minute_short: str
    breath_in: str
    breath_hold: str
    breath_out: str
    waiting_title: str
    waiting_words: str
    to_start: str
    paused_title: str
    paused_words: str
    lost_title: str
    lost_words: str
    stop_title: str
    walk_out: str
    stop_now: str
    go_on: str
    stopping: str
    help_title: str
    tap_title: str
    tap_words: str
    tap_again: str
    taps: str
    taps_short: str
    ticks: str
    voice: str
    off: str
    louder: str
    softer: str
    level: str
    guidance: Mapping[str, str]
    notices: Mapping[NoticeKind, str]
    lines_waiting: str
    key_names: KeyNames
    keys: KeyWords


class ChartWords(NamedTuple):
    """Captions of a chart, in one language."""

    steps_per_minute: str
    voice: str
    ticks: str
    breath: str
    bell: str
    bed: str
    hour: str = "h"


class PageWords(NamedTuple):
    """What a page says besides the session's own words; ``{}`` is filled in by the page."""

    play: str
    pause: str
    place: str
    picture: str
    words: str
    quiet: str
    keys: str
    errors: str
    advice: str
    outdated: str
    lost: str
    unplayable: str
    back_part: str
    next_part: str
    language: str
    files: str
    save: str
    keep_android: str
    keep_iphone: str
    gone: str


UnclearReason = Literal["unclear", "beyond", "future", "several", "feeling"]

Reason = Literal[
    "fresh-air", "time", "silence", "late", "restless", "weekend", "movement", "rhythm", "morning", "reset"
]


class Question(NamedTuple):
    """A question, and its repetition for each reason why an answer is not understood."""

    asks: str
    repeats: Mapping[UnclearReason, str]


class WeekWords(NamedTuple):
    """The words of a week. ``days`` begin on Monday, ``months`` in January.

    ``kept`` are sentences for 1, 2, 3 … runs, the last for that many or more; ``none_now`` and ``none_then`` are for
    a week without a run, this week or another. Values in braces: ``tension`` and ``tensions`` have {before} and
    {after}, ``week`` has {number}, {first} and {last}, and ``minutes`` has {minutes}.
    """

    week: str
    days: tuple[str, ...]
    months: tuple[str, ...]
    before: str
    after: str
    minutes: str
    none_now: str
    none_then: str
    kept: tuple[str, ...]
    tension: str
    tensions: str
    no_title: str


RunColumn = Literal[
    "date",
    "time",
    "ran",
    "tension_before",
    "tension_after",
    "need",
    "lighter",
    "session",
    "title",
    "form",
    "ended",
    "length",
    "wanted",
    "cadence",
    "language",
]


class TableWords(NamedTuple):
    """How a table of runs is written for a spreadsheet program that is set to the language.

    Attributes:
        sheet: the name of the sheet.
        separator: what separates the cells of a CSV file.
        decimal: the decimal sign.
        date: a date; has {day}, {month} and {year}.
        date_format: the same as Excel writes it.
        is_day_first: whether ``3/4/2026`` is in April; None where it may be in April or in March.
        headings: the heading of each column.
        needs: the word for each need; ``ended`` for how a run ended.
    """

    sheet: str
    separator: str
    decimal: str
    date: str
    date_format: str
    is_day_first: bool | None
    headings: Mapping[RunColumn, str]
    needs: Mapping[Need, str]
    ended: Mapping[Ended, str]


class EntryWords(NamedTuple):
    """The words for runs that are added, changed and deleted by hand; ``list_headings`` are those of the list.

    ``just_back`` and ``without_session`` follow the question about a new run.

    Values in braces: ``now`` has {answer}, which the diary holds; the repetition of ``session`` has {names}; ``added``
    and ``changed`` have {id}; ``same_minute`` has {id} and {other}; ``imported`` has {added} and {same};
    ``differing`` and ``replaced`` have {count}.
    """

    list_headings: tuple[str, str, str, str, str, str]
    empty: str
    welcome: str
    change: str
    now: str
    when: Question
    just_back: str
    ran: Question
    session: Question
    without_session: str
    tension_before: Question
    tension_after: Question
    need: Question
    lighter: Question
    added: str
    same_minute: str
    changed: str
    unchanged: str
    delete: str
    yes: tuple[str, ...]
    deleted: str
    kept: str
    imported: str
    differing: str
    replaced: str


class JournalWords(NamedTuple):
    """The words of the diary: the questions around a run, a suggestion, and the week.

    Values in braces: ``lower`` and ``higher`` have {before} and {after}, ``same`` has {after}; ``fitting``,
    ``no_shorter`` and ``no_longer``, of which one follows ``why``, have {title} and {minutes}; the repetition of
    ``begin`` has {names}.
    """

    welcome: str
    tension: Question
    need: Question
    wanted: Question
    skipping: str
    leave: str
    back: str
    tension_again: Question
    lower: str
    same: str
    higher: str
    lighter: Question
    stretch: str
    kept: str
    interrupted: str
    why: Mapping[Reason, str]
    fitting: str
    no_shorter: str
    no_longer: str
    begin: Question
    week: WeekWords
    entry: EntryWords
    table: TableWords


class NumberWords(NamedTuple):
    """The words for whole numbers up to 69, for reading what a runner types.

    Attributes:
        zero: the word for 0.
        units: the words for 1 to 9.
        teens: the words for 10 to 19.
        tens: the words for 20, 30, 40, 50 and 60.
        compounds: how 21 is written; has {tens} and {unit}.
        others: other spellings.
    """

    zero: str
    units: tuple[str, ...]
    teens: tuple[str, ...]
    tens: tuple[str, ...]
    compounds: tuple[str, ...]
    others: Mapping[str, int]


class AnswerWords(NamedTuple):
    """What a runner may type, in small letters and with its numbers in digits. Words are regular expressions.

    Attributes:
        skips: answers that leave a question open.
        needs: the words for each need, and single letters for it.
        out_of_ten: what stands before the 10 in *seven out of 10*.
        feelings: words for how tense somebody is, where a number is asked for.
        distances: units of distance; a length is never asked for in them.
        hours: the words for hours, as written after a number; ``minutes`` and ``seconds`` likewise.
        fillers: words that may follow a number without changing it.
        and_a_half: what follows a number of hours and adds half of one; its group holds the unit.
        phrases: lengths that have a name of their own, in minutes.
        an_hour: words for one hour, without a number.
        short: words that ask for a short run; ``long`` likewise.
        days_ago: names of today and of days before it, with how many days they are back.
        weekdays: the names of the days, from Monday.
        short_months: short names of months, where they are not their first three letters.
        moment_fillers: words that may stand around a day and a time of day without changing them.
    """

    skips: tuple[str, ...]
    needs: Mapping[Need, tuple[str, ...]]
    out_of_ten: tuple[str, ...]
    feelings: tuple[str, ...]
    distances: tuple[str, ...]
    hours: tuple[str, ...]
    minutes: tuple[str, ...]
    seconds: tuple[str, ...]
    fillers: tuple[str, ...]
    and_a_half: str
    phrases: Mapping[str, float]
    an_hour: tuple[str, ...]
    short: tuple[str, ...]
    long: tuple[str, ...]
    days_ago: Mapping[str, int]
    weekdays: tuple[str, ...]
    short_months: Mapping[str, int]
    moment_fillers: tuple[str, ...]
