"""Timelines for tests, as a planner would make them."""

from collections.abc import Iterator, Sequence

from coach.diagnostics.problem import Location
from coach.sounds.breath_sounds import BreathPhase
from coach.timeline.timeline import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline
from coach.utterance import Utterance

LOCATION = Location(file="trial.yaml", line=1, column=1, end_column=2)

ENGLISH = {
    "check-in": (
        "Before you go",
        ["Good to have you here. Stand still for a moment.", "How tense are you, from one to ten?"],
    ),
    "settle": (
        "Settling in",
        ["Begin by walking.", "Feel the ground under your feet.", "Let the steps come a little faster."],
    ),
    "breathing": (
        "Breathing",
        ["Breathe in for three steps, and out for three.", "Let your breath find its own way now."],
    ),
    "body-scan": (
        "Through the body",
        ["Bring your attention to your crown.", "Soften your jaw.", "Let your hands hang loose."],
    ),
    "shoulder-release": ("Letting go", ["Lift your shoulders as you breathe in.", "And drop them."]),
    "silence": ("Silence", ["I will be quiet for three minutes."]),
    "easy": ("Easy running", ["Could you still talk with ease?", "Almost there."]),
    "walk-out": ("Walking out", ["Slow down to a walk.", "Let your arms swing."]),
    "reflect": ("Afterwards", ["What feels lighter than before?"]),
}
DUTCH = {
    "check-in": ("Vooraf", ["Fijn dat je er bent. Blijf nog even staan.", "Hoe gespannen ben je, van één tot tien?"]),
    "settle": ("Aankomen", ["Begin met wandelen.", "Voel de grond onder je voeten.", "Laat je stappen vlotter gaan."]),
    "breathing": ("Adem", ["Adem drie stappen in, en drie stappen uit.", "Laat je adem nu zijn eigen weg gaan."]),
    "body-scan": ("Door je lijf", ["Breng je aandacht naar je kruin.", "Maak je kaak zacht.", "Laat je knieën veren."]),
    "shoulder-release": ("Loslaten", ["Til je schouders op als je inademt.", "En laat ze vallen."]),
    "silence": ("Stilte", ["Ik ben nu drie minuten stil."]),
    "easy": ("Rustig lopen", ["Praat je nog makkelijk?", "Nog even, tweeëntwintig passen."]),
    "walk-out": ("Uitwandelen", ["Ga over in wandelen.", "Laat je armen losjes meezwaaien."]),
    "reflect": ("Achteraf", ["Wat voelt lichter dan daarvoor?"]),
}  # fmt: skip
PLAN = (
    ("check-in", 90, 158, 158),
    ("settle", 180, 112, 158),
    ("breathing", 240, 158, 158),
    ("body-scan", 330, 158, 158),
    ("shoulder-release", 120, 158, 158),
    ("silence", 180, 158, 158),
    ("easy", 120, 158, 158),
    ("walk-out", 120, 112, 100),
    ("reflect", 60, 158, 158),
)
STANDING = {"check-in", "reflect", "stretch"}


def reset_run(language: str = "en", *, bed: bool = False) -> Timeline:
    """A reset run of 24 minutes, ticking in its first two thirds."""
    words = DUTCH if language == "nl" else ENGLISH
    blocks: list[PlannedBlock] = []
    events: list[Event] = []
    start_s = 0.0
    for index, (kind, lasts_s, start_spm, end_spm) in enumerate(PLAN):
        title, sentences = words[kind]
        block = planned(kind, start_s, start_s + lasts_s, title=title, start_spm=start_spm, end_spm=end_spm)
        blocks.append(block)
        events += said(block, index, sentences, language)
        if kind in {"settle", "breathing", "body-scan", "walk-out"}:
            events += sounding(block)
        start_s += lasts_s
    events += [Bell(start_s=0.0, end_s=6.0, name="bowl"), Bell(start_s=start_s - 6.0, end_s=start_s, name="bowl")]
    if bed:
        events.append(Bed(start_s=0.0, end_s=start_s, name="forest"))
    return timeline("Korte reset-run" if language == "nl" else "Short reset run", blocks, events, language=language)


def timeline(
    title: str,
    blocks: Sequence[PlannedBlock],
    events: Sequence[Event],
    *,
    language: str = "en",
    length_s: float | None = None,
) -> Timeline:
    """A timeline of these blocks and events, sorted."""
    return Timeline(
        title=title,
        about="",
        language=language,
        length_s=blocks[-1].end_s if length_s is None else length_s,
        cadence_spm=158.0,
        blocks=tuple(blocks),
        events=tuple(sorted(events, key=lambda event: event.start_s)),
    )


def planned(
    kind: str, start_s: float, end_s: float, *, title: str = "A block", start_spm: float = 158.0, end_spm: float = 158.0
) -> PlannedBlock:
    """A block."""
    return PlannedBlock(
        kind=kind,
        title=title,
        start_s=start_s,
        end_s=end_s,
        start_spm=start_spm,
        end_spm=end_spm,
        running=kind not in STANDING,
        location=LOCATION,
    )


def speech(
    text: str, start_s: float, *, block: int = 0, lasts_s: float = 4.0, language: str = "en", counted: bool = False
) -> Speech:
    """A sentence."""
    utterance = Utterance(text=text, language=language, counted=counted)
    return Speech(
        start_s=start_s, end_s=start_s + lasts_s, text=text, utterance=utterance, block=block, location=LOCATION
    )


def said(block: PlannedBlock, index: int, sentences: list[str], language: str) -> Iterator[Speech]:
    """Sentences spread evenly over a block."""
    for nth, sentence in enumerate(sentences):
        share = nth / len(sentences)
        yield speech(
            sentence, block.start_s + 3.0 + share * (block.end_s - block.start_s), block=index, language=language
        )


def sounding(block: PlannedBlock) -> Iterator[Tick | BreathSound]:
    """Ticks on every step for two thirds of a block, fading at the end, and breath in threes."""
    until_s = block.start_s + (block.end_s - block.start_s) * 2.0 / 3.0
    time_s, step = block.start_s, 0
    while time_s < until_s:
        phase: BreathPhase = "in" if step % 6 < 3 else "out"
        fade_db = -24.0 * max(0.0, 1.0 - (until_s - time_s) / 10.0)
        gain_db = (-14.0 if step % 3 == 0 else -17.0) + fade_db
        yield Tick(start_s=time_s, phase=phase, count=step % 3 + 1, gain_db=gain_db, name="wood")
        if step % 3 == 0 and block.kind == "breathing":
            yield BreathSound(start_s=time_s, end_s=time_s + 1.14, phase=phase, name="air", gain_db=fade_db)
        time_s += 60.0 / (block.start_spm + (block.end_spm - block.start_spm) * (time_s - block.start_s) / 180.0)
        step += 1
