"""How English speaks of pace, goals and cures."""

import re

from coach.languages.goal_lexicon import Lexicon, phrases

_FEW = r"(?:(?!not |never |no |\w+n't )[\w']+ ){0,2}"

_AILMENT = r"(?:stress|anxiety|depression|burn-?out|worry|worries|pains?|headaches?|insomnia|sadness|fatigue)"

LEXICON = Lexicon(
    denial=re.compile(
        r"\b(?:no|not|never|without|nothing|nobody|none|nowhere|forget|cannot|rather than|instead of|needless|"
        r"let(?:ting)? go|leav(?:e|ing) behind|drop(?:ping)?)\b|n't\b",
        re.IGNORECASE,
    ),
    perhaps=re.compile(
        r"\b(?:perhaps|maybe|may|might|can|could|sometimes|often|would|let|feel|notice|imagine)\b", re.IGNORECASE
    ),
    phrases=(
        *phrases(
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
        *phrases(
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
        *phrases(
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
        *phrases(
            "calories",
            {
                "calorie": r"calories?",
                "kcal": r"kcal",
                "fat": rf"(?:burn(?:s|ed|ing)?) {_FEW}fat|fat[- ]burning",
                "weight": rf"(?:lose|losing|shed) {_FEW}weight|weight loss",
                "pounds": rf"(?:lose|losing|shed) {_FEW}pounds",
            },
        ),
        *phrases(
            "goals",
            {
                "goal": (
                    r"(?:your|daily|weekly|today's|running|fitness) (?:(?!only )\w+ )?goals?"
                    rf"|(?:reach|hit|meet|smash|crush|achieve)(?:ed|ing|es)? {_FEW}goals?"
                ),
                "target": rf"(?:your|daily|weekly) (?:\w+ )?targets?|(?:reach|hit|meet)(?:ing)? {_FEW}targets?",
            },
        ),
        *phrases(
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
        *phrases(
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
