"""The words that a runner sees during a run, besides the session's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NoticeKind = Literal[
    "pause-at-breath",  # amount: seconds until the pause
    "cadence-from-breath",  # amount: steps per minute from the next breath on
    "cadence-limit",  # amount: the steps per minute it stays at
    "ticks-level",  # amount: dB against what the session says; None: off
    "voice-level",  # amount: dB
    "guidance",  # amount: how many levels of cues are still said: 3 full, 2 light, 1 quiet
    "device-lost",
    "device-back",
    "words-missing",  # a voice failed; the words it should have said were left out
]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyWords:
    """What each key does, in a word or two for the foot of the screen, and in a line for the overview."""

    space: str
    go_on: str
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


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyNames:
    """What is printed on the keys."""

    space: str
    escape: str
    enter: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ScreenWords:
    """All words in one language. Braces are filled in: ``{amount}`` by what the notice is about."""

    part_of: str
    next_block: str
    to_block_end: str
    to_session_end: str
    to_session_end_short: str
    steps_per_minute: str
    steps_per_minute_short: str
    breath_in: str
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


ENGLISH = ScreenWords(
    part_of="part {nth} of {count}",
    next_block="then {title}",
    to_block_end="left in this part",
    to_session_end="left in all",
    to_session_end_short="{clock} in all",
    steps_per_minute="steps a minute",
    steps_per_minute_short="{spm}/min",
    breath_in="in",
    breath_out="out",
    waiting_title="In a moment",
    waiting_words="Put your phone away and stand at ease. It starts by itself.",
    to_start="until we begin",
    paused_title="Paused",
    paused_words="Take your time. Press space when you are ready.",
    lost_title="No sound",
    lost_words="Your headset or speaker is gone. Reconnect it, or connect another, and the run carries on by itself.",
    stop_title="Stop?",
    walk_out="walk out gently, then stop",
    stop_now="stop now",
    go_on="keep going",
    stopping="We are stopping.",
    help_title="Keys",
    tap_title="Tap along",
    tap_words="Tap a key on every step. Stop tapping, and your rhythm becomes the beat.",
    tap_again="That was too little to go by. Try again, with ten even taps.",
    taps="taps",
    taps_short="{count} taps",
    ticks="Ticks",
    voice="Voice",
    off="off",
    louder="louder",
    softer="softer",
    level="{name}: {level}",
    guidance={"full": "everything", "light": "a little less", "quiet": "hardly any"},
    notices={
        "pause-at-breath": "Pausing at the next breath",
        "cadence-from-breath": "{amount} steps a minute from the next breath on",
        "cadence-limit": "It stays at {amount} steps a minute",
        "ticks-level": "Ticks: {amount}",
        "voice-level": "Voice: {amount}",
        "guidance": "Guidance: {amount}",
        "device-lost": "The sound has gone",
        "device-back": "The sound is back",
        "words-missing": "A few words could not be said",
    },
    lines_waiting="We begin in {clock}.",
    key_names=KeyNames(space="space", escape="esc", enter="enter"),
    keys=KeyWords(
        space="pause",
        go_on="go on",
        begin="begin now",
        blocks="part",
        cadence="rhythm",
        voice="voice",
        ticks="ticks",
        guidance="less talk",
        stop="stop",
        help="help",
        back="back",
        done="done",
        begin_long="begin now, before the start",
        space_long="pause, and go on",
        blocks_long="previous or next part",
        cadence_long="2 steps a minute fewer or more",
        tap_long="tap your own rhythm",
        ticks_long="then ↑ ↓ change the ticks",
        voice_long="then ↑ ↓ change the voice",
        level_long="louder or softer",
        guidance_long="less talk, or all of it again",
        stop_long="stop, now or after a walk-out",
        ctrl_c_long="stop at once",
    ),
)

DUTCH = ScreenWords(
    part_of="deel {nth} van {count}",
    next_block="straks {title}",
    to_block_end="nog in dit deel",
    to_session_end="nog in totaal",
    to_session_end_short="{clock} totaal",
    steps_per_minute="stappen per minuut",
    steps_per_minute_short="{spm}/min",
    breath_in="in",
    breath_out="uit",
    waiting_title="Zo meteen",
    waiting_words="Leg je telefoon weg en ga rustig staan. We beginnen vanzelf.",
    to_start="tot we beginnen",
    paused_title="Pauze",
    paused_words="Neem de tijd. Druk op spatie als je verder wilt.",
    lost_title="Geen geluid",
    lost_words="Je koptelefoon of luidspreker is weg. Sluit hem weer aan, of een andere: dan gaan we vanzelf verder.",
    stop_title="Stoppen?",
    walk_out="eerst rustig uitwandelen",
    stop_now="nu stoppen",
    go_on="toch verder",
    stopping="We stoppen.",
    help_title="Toetsen",
    tap_title="Tik mee",
    tap_words="Tik bij elke stap op een toets. Stop met tikken, en jouw ritme wordt de maat.",
    tap_again="Dat was te weinig om op af te gaan. Probeer het nog eens, met tien gelijke tikken.",
    taps="keer getikt",
    taps_short="{count} keer getikt",
    ticks="Tikken",
    voice="Stem",
    off="uit",
    louder="harder",
    softer="zachter",
    level="{name}: {level}",
    guidance={"full": "alles", "light": "wat minder", "quiet": "bijna niets"},
    notices={
        "pause-at-breath": "Pauze bij de volgende ademhaling",
        "cadence-from-breath": "{amount} stappen per minuut vanaf de volgende ademhaling",
        "cadence-limit": "Het blijft bij {amount} stappen per minuut",
        "ticks-level": "Tikken: {amount}",
        "voice-level": "Stem: {amount}",
        "guidance": "Begeleiding: {amount}",
        "device-lost": "Het geluid is weg",
        "device-back": "Het geluid is er weer",
        "words-missing": "Een paar woorden konden niet worden gezegd",
    },
    lines_waiting="We beginnen over {clock}.",
    key_names=KeyNames(space="spatie", escape="esc", enter="enter"),
    keys=KeyWords(
        space="pauze",
        go_on="verder",
        begin="nu beginnen",
        blocks="deel",
        cadence="ritme",
        voice="stem",
        ticks="tikken",
        guidance="minder praten",
        stop="stop",
        help="hulp",
        back="terug",
        done="klaar",
        begin_long="nu al beginnen",
        space_long="pauze, en weer verder",
        blocks_long="vorig of volgend deel",
        cadence_long="2 stappen/min minder of meer",
        tap_long="tik je eigen ritme",
        ticks_long="daarna regelen ↑ ↓ de tikken",
        voice_long="daarna regelen ↑ ↓ de stem",
        level_long="harder of zachter",
        guidance_long="minder praten, of weer alles",
        stop_long="stoppen, nu of na uitwandelen",
        ctrl_c_long="meteen stoppen",
    ),
)

WORDS: Mapping[str, ScreenWords] = {"en": ENGLISH, "nl": DUTCH}


def screen_words_in(language: str) -> ScreenWords:
    """The words in a language; in English where nobody has written them yet."""
    return WORDS.get(language, ENGLISH)
