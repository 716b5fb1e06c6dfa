"""Authoring words in English: how a session is explained, what stands for its keys, and what does not belong in it."""

import re
from collections.abc import Mapping

from coach.languages.language import GoalLexicon, NewSessionWords, make_phrases

NEW_SESSION = NewSessionWords(
    head=(
        "A session for the coach: plain text, and yours to change as you like.",
        "What follows a # is a note for you; the coach does not read it.",
        "",
        "  coach watch THIS-FILE    lets you see and hear it while you write",
        "  coach check THIS-FILE    points out what is wrong, and how to put it right",
        "  coach render THIS-FILE   makes it an MP3 for your phone",
        "",
        "Write a time as 90s, 4m or 2m30s. An elastic time has a shortest and a longest: 2m..5m.",
        "What belongs to something stands below it, two spaces further to the right. That matters.",
    ),
    keys={
        "coach": "tells the coach how to read this; leave it as it is",
        "title": "what the session is called",
        "about": "what it is for, in one sentence",
        "form": "the kind of run: reset, long, intervals, mindful, trail or other",
        "length": "how long all of it takes; elastic blocks stretch to fit",
        "language": "the language of your texts",
        "cadence": "steps a minute while you run; 158 is calm",
        "breath": "three steps in, three steps out",
        "tick": "tick is what you hear on your step, bell the bell",
        "no-tick": "tick: none, so nothing ticks; tick: wood would",
        "values": "a name, filled in with --set name=Anna",
    },
    kinds={
        "check-in": ("Standing still before you go. How tense are you, from one to ten?",),
        "settle": ("From a walk to a very gentle jog.",),
        "breathing": ("Breathing to the rhythm of your steps. With the voice at first, then on your own.",),
        "breathe": ("Breathing at rest, standing still, before the first step.",),
        "brisk": (
            "Six times a minute of light, quick steps, with easy running after each. Never hard work.",
            "A repeat does all that is below it as often as times says.",
        ),
        "body-scan": ("Your attention goes through your body. Choose the parts yourself, and their order.",),
        "shoulder-release": ("Tighten, and let go: shoulders, hands and jaw.",),
        "easy": ("Just running, with a word now and then.",),
        "walk": ("Walking for a while, before you jog on. That is part of the run.",),
        "talk-test": ("Could you still talk with ease? If not, slow down.",),
        "noticing": ("Thoughts come and go. You don't have to do anything with them.",),
        "listening": ("Listening to what is around you.",),
        "silence": ("Silence. The coach says how long, and then nothing.",),
        "walk-out": ("Walking out, slower and slower. Don't shorten it: this is where everything settles.",),
        "stretch": ("Standing still, and stretching gently.",),
        "reflect": ("Standing still once more. What feels lighter than before?",),
    },
    mindful={
        "check-in": ("In this run the coach speaks six times at most. The first is before you go.",),
        "breathing": ("Breathing to the rhythm of your steps, just for a little while.",),
        "easy": ("Just running: free is a block in which nobody speaks.",),
        "silence": ("Silence, from one bell to the next. say: none means not a word.",),
        "walk-out": ("Walking out, slower and slower. Don't shorten it: this is where everything settles.",),
    },
    about={
        "reset": "An empty head after a full day.",
        "long": "Long and slow, to unwind deeply.",
        "intervals": "Give your restlessness to your legs: light and quick, and then easy again.",
        "mindful": "Hardly any words. Your breath, your feet, and what there is to hear.",
        "trail": "Soft ground and little to take in, for when your mind is tired.",
    },
    look="Have a look around, {name}. [2s] What do you notice?",
    own=(
        "Words of your own, beside those of the block; say instead of say-also would replace those.",
        "at is when: 45s after the start. Or -20s, before the end, or 40%. [2s] is a pause of two seconds.",
    ),
    replaced="With say, a block says what you write and nothing else.",
    said={
        "check-in": "Good to have you here. How tense are you, from one to ten? Keep that number, and start to walk.",
        "settle": "Let your walk become a small, light jog now, so gentle that you could still talk.",
        "breathing": "Breathe in for three steps, and out for three steps. Nothing else is needed.",
        "ticking": "Put a foot down on every tick. Breathe in for three steps, and out for three. They soon fade.",
        "listening": "Now listen to what is around you. I'll be quiet for a long while.",
        "walk-out": "Let your jog become a walk. A little slower, and slower still, with your ears open.",
        "reflect": "Which number fits your tension now? Feel what is lighter, and drink some water in a while.",
    },
    just_running="Just running",
    easy_between="Easy",
)

_FEW = r"(?:(?!not |never |no |\w+n't )[\w']+ ){0,2}"
_AILMENT = r"(?:stress|anxiety|depression|burn-?out|worry|worries|pains?|headaches?|insomnia|sadness|fatigue)"

GOAL_LEXICON = GoalLexicon(
    denial=re.compile(
        r"\b(?:no|not|never|without|nothing|nobody|none|nowhere|forget|cannot|rather than|instead of|needless|"
        r"let(?:ting)? go|leav(?:e|ing) behind|drop(?:ping)?)\b|n't\b",
        re.IGNORECASE,
    ),
    perhaps=re.compile(
        r"\b(?:perhaps|maybe|may|might|can|could|sometimes|often|would|let|feel|notice|imagine)\b", re.IGNORECASE
    ),
    instead="'You may notice that things grow a little quieter'",
    phrases=(
        *make_phrases(
            "distance",
            {
                "kilomet": r"(?:half a )?kilomet(?:re|er)s?",
                "km": r"(?:\d+(?:\.\d+)?\s?)?km",
                "k": r"\d+\s?k",
                "mile": (
                    r"(?:\d+|one|two|three|half a|a|another|more|each|every|per|first|last|next) miles?"
                    r"(?! (?:away|off|wide|around|a minute))|mileage"
                ),
                "met": rf"met(?:re|er)s (?:to go|left|done|run)|(?:run|last) {_FEW}met(?:re|er)s",
                "distance": rf"total distance|distance (?:run|covered|done|to go)|cover(?:ed|ing)? {_FEW}distance",
                "lap": r"laps? to go|(?:last|final|more) laps?",
            },
        ),
        *make_phrases(
            "pace",
            {
                "/": r"km/h|min(?:utes)?/(?:km|mi|mile)",
                "per": r"(?:miles|kilomet(?:re|er)s|km) per hour|minutes (?:per|a) (?:mile|kilomet(?:re|er)|km)",
                "mph": r"(?:\d+\s?)?mph",
                "pace": (
                    r"(?:pick|step|speed) up (?:the|your) pace|pick (?:the|your) pace up"
                    r"|(?:hold|maintain|increase|raise|push|quicken|force|lift) (?:the|your|this|that) pace"
                    r"|(?:target|race|goal|average|faster|quicker|higher) pace|pace of \d[\d:.]*"
                ),
                "speed": r"speed up|pick up (?:the |some |your )?speed|(?:your|average|top|more) speed|speed work",
                "faster": rf"run {_FEW}faster|go faster",
                "split": r"split times?|negative splits?",
                "accelerat": r"accelerate|acceleration",
            },
        ),
        *make_phrases(
            "records",
            {
                "record": r"(?:personal|new|world) records?|your (?:\w+ )?record|(?:break|beat|set) (?:a|the) record",
                "best": r"personal bests?|your best time|(?:beat|improve|better) your (?:\w+ )?best",
                "time": r"(?:fastest|finish|finishing|target) times?|(?:beat|improve) your (?:\w+ )?time",
                "pr": r"(?-i:PRs?)",
                "pb": r"(?-i:PBs?)",
                "perform": r"performances?|perform (?:better|well)|peak performance",
                "beat": r"beat (?:your(?:self)?|the clock|the others)",
                "compet": r"competitions?|compete|competitors?",
                "race": r"race day|(?:win|your|this|the) race",
            },
        ),
        *make_phrases(
            "calories",
            {
                "calorie": r"calories?",
                "kcal": r"kcal",
                "fat": rf"(?:burn(?:s|ed|ing)?) {_FEW}fat|fat[- ]burning",
                "weight": rf"(?:lose|losing|shed) {_FEW}weight|weight loss",
                "pounds": rf"(?:lose|losing|shed) {_FEW}pounds",
            },
        ),
        *make_phrases(
            "goals",
            {
                "goal": (
                    r"(?:your|daily|weekly|today's|running|fitness) (?:(?!only )\w+ )?goals?"
                    rf"|(?:reach|hit|meet|smash|crush|achieve)(?:ed|ing|es)? {_FEW}goals?"
                ),
                "target": rf"(?:your|daily|weekly) (?:\w+ )?targets?|(?:reach|hit|meet)(?:ing)? {_FEW}targets?",
            },
        ),
        *make_phrases(
            "effort",
            {
                "push": r"push (?:yourself|harder|your limits?|through(?= the (?:pain|wall)|[.,!]|$))",
                "dig": r"dig deep(?:er)?",
                "give it": r"give it (?:everything|your all|all you(?:'ve)? (?:got|have)|all(?=[.,!]|$))",
                "all-out": r"all-out",
                "no pain": r"no pain,? no gain",
                "give up": r"never give up|don't give up",
                "sprint": r"sprint(?:s|ing|ed)?",
                "hard": r"(?:run|go|work|try) (?:\w+ )?(?:harder|hard(?=[.,!?]|$))",
                "limit": r"to the limit|(?:past|beyond) your limits?",
            },
        ),
        *make_phrases(
            "cure",
            {
                "cur": r"cures?|cured|curing",
                "heal": r"heal(?:s|ed)? (?:you|your|all|any|every) ?\w*|will heal",
                "guarante": r"guarantee(?:s|d)?",
                "rid": rf"(?:rids? you|get rid) of {_FEW}{_AILMENT}",
                "free": rf"frees? you (?:from|of) {_FEW}{_AILMENT}|stress-free",
                "no more": rf"no more {_AILMENT}",
                "again": rf"never (?:\w+ )?{_FEW}(?:anxious|stressed|depressed|tired|sad|tense) again",
                "will": (
                    rf"will {_FEW}(?:take away|remove|end|erase|fix|melt away|relieve|dissolve|banish) {_FEW}{_AILMENT}"
                    r"|you will (?:\w+ )?(?:feel|be) (?:\w+ )?(?:better|happy|happier|calm|calmer|relaxed)"
                    rf"|{_AILMENT} will (?:\w+ )?(?:disappear|vanish|go|melt|be gone)\w*"
                ),
                "ll": r"you'll (?:\w+ )?(?:feel|be) (?:\w+ )?(?:better|happy|happier|calm|calmer|relaxed)",
                "disappear": rf"{_AILMENT} disappears?",
                "vanish": rf"{_AILMENT} vanish(?:es)?",
                "miracle": r"miracles?",
            },
        ),
    ),
)

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "may-last": ("can-last", "could-last"),
    "lasts": ("duration", "time", "length", "minutes", "for"),
    "length": ("duration", "time", "total"),
    "title": ("name", "heading"),
    "about": ("description", "summary"),
    "author": ("artist", "creator", "writer"),
    "album": ("series", "course"),
    "track": ("track-number", "number"),
    "language": ("lang",),
    "form": ("type", "kind"),
    "cadence": ("spm", "step-rate", "tempo"),
    "breath": ("breathing",),
    "sounds": ("sound", "audio"),
    "levels": ("volume", "volumes", "gain", "gains", "loudness"),
    "values": ("variables", "vars"),
    "say-as": ("pronunciation", "pronounce"),
    "blocks": ("sections", "steps"),
    "say": ("speech", "speak", "text", "words", "message", "tell"),
    "say-also": ("also", "also-say"),
    "text": ("say", "speech", "words", "message"),
    "at": ("time", "when"),
    "after": ("later",),
    "every": ("each",),
    "level": ("priority",),
    "clip": ("recording", "audio"),
    "ticks": ("tick", "metronome"),
    "tick": ("ticks", "metronome"),
    "bell": ("gong",),
    "bed": ("background", "ambience"),
    "parts": ("areas", "body-parts"),
    "repeat": ("loop",),
    "times": ("count", "repetitions", "reps"),
    "use": ("include", "import"),
    "check-in": ("checkin",),
    "settle": ("warm-up", "warmup"),
    "breathing": ("breath",),
    "breathe": ("breathwork", "box-breathing"),
    "body-scan": ("scan",),
    "shoulder-release": ("shoulders", "release"),
    "noticing": ("thoughts", "notice"),
    "listening": ("listen",),
    "talk-test": ("talk",),
    "easy": ("run", "running", "jog", "jogging", "easy-run", "rest"),
    "brisk": ("fast", "quick", "stride", "strides"),
    "silence": ("quiet", "silent", "rest"),
    "walk": ("walks", "walk-break"),
    "walk-out": ("cool-down", "cooldown"),
    "reflect": ("reflection", "review"),
    "stretch": ("stretches",),
    "free": ("blank",),
    "crown": ("head",),
    "jaw": ("jaws",),
    "hands": ("hand",),
    "feet": ("foot",),
    "shoulders": ("shoulder",),
    "knees": ("knee",),
    "hips": ("hip",),
    "belly": ("stomach",),
    "essential": ("important",),
    "guide": ("normal",),
    "none": ("nothing",),
    "nl": ("dutch", "flemish", "nl-nl", "nl-be"),
    "en": ("english", "en-gb", "en-us"),
    "bowl": ("singing-bowl",),
    "wood": ("woodblock",),
    "step": ("footstep",),
    "wave": ("waves",),
    "rain": ("raindrops",),
    "forest": ("woods", "birds"),
    "sea": ("ocean", "waves"),
}
