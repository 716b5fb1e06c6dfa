"""English: how it is read aloud, which voices speak it, and all its words."""

from coach.languages.en.english_abbreviations import ABBREVIATIONS, ALSO_WORDS, CLOSING, NUMBERED
from coach.languages.en.english_authoring import GOAL_LEXICON, NEW_SESSION, SYNONYMS
from coach.languages.en.english_interface import ANSWERS, CHART, JOURNAL, PAGE, SCREEN
from coach.languages.language import (
    ContextWords,
    FractionWords,
    Language,
    LengthWords,
    SpeechPace,
    SpokenForms,
    UnitLengths,
    VoiceLines,
)
from coach.languages.screen_words import NumberWords
from coach.translation import mark_message

_UNITS = {
    ("second", "seconds"): "s, sec, secs, second, seconds",
    ("minute", "minutes"): "min, mins, minute, minutes",
    ("hour", "hours"): "h, hr, hrs, hour, hours",
    ("millisecond", "milliseconds"): "ms",
    ("metre", "metres"): "metre, metres, mtr, mtrs",
    ("meter", "meters"): "meter, meters",
    ("kilometre", "kilometres"): "k, km, kms, kilometre, kilometres",
    ("kilometer", "kilometers"): "kilometer, kilometers",
    ("mile", "miles"): "mi, mls, mile, miles",
    ("yard", "yards"): "yd, yds, yard, yards",
    ("mile an hour", "miles an hour"): "mph, mi/h",
    ("kilometre an hour", "kilometres an hour"): "km/h, kph, km/hr, kmh, kmph",
    ("metre a second", "metres a second"): "m/s",
    ("minute a kilometre", "minutes a kilometre"): "min/km",
    ("minute a mile", "minutes a mile"): "min/mi, min/mile",
    ("a kilometre", "a kilometre"): "/km, /k",
    ("a mile", "a mile"): "/mi, /mile, /mijl",
    ("centimetre", "centimetres"): "cm",
    ("millimetre", "millimetres"): "mm",
    ("square metre", "square metres"): "m2",
    ("square kilometre", "square kilometres"): "km2",
    ("cubic metre", "cubic metres"): "m3",
    ("inch", "inches"): "inch, inches",
    ("foot", "feet"): "ft, foot, feet",
    ("kilo", "kilos"): "kg, kgs, kilo, kilos",
    ("gram", "grams"): "g",
    ("pound", "pounds"): "lb, lbs, pound, pounds",
    ("ounce", "ounces"): "oz, ounce, ounces",
    ("fluid ounce", "fluid ounces"): "fl oz",
    ("milligram", "milligrams"): "mg",
    ("microgram", "micrograms"): "mcg, µg",
    ("millimetre of mercury", "millimetres of mercury"): "mmHg",
    ("gallon", "gallons"): "gal, gals, gallon, gallons",
    ("point", "points"): "pts",
    ("millilitre", "millilitres"): "ml",
    ("centilitre", "centilitres"): "cl",
    ("decilitre", "decilitres"): "dl",
    ("litre", "litres"): "l, L, litre, litres",
    ("liter", "liters"): "liter, liters",
    ("calorie", "calories"): "cal",
    ("kilocalorie", "kilocalories"): "kcal",
    ("millimole per litre", "millimoles per litre"): "mmol/l, mmol/L",
    ("decibel", "decibels"): "dB",
    ("hertz", "hertz"): "Hz",
    ("kilohertz", "kilohertz"): "kHz",
    ("beat a minute", "beats a minute"): "bpm",
    ("step a minute", "steps a minute"): "spm",
    ("turn a minute", "turns a minute"): "rpm",
    ("watt", "watts"): "W, watt, watts",
    ("kilowatt", "kilowatts"): "kW",
    ("kilojoule", "kilojoules"): "kJ",
    ("tablet", "tablets"): "tab, tabs, tablet, tablets",
    ("capsule", "capsules"): "caps, capsule, capsules",
    ("tablespoon", "tablespoons"): "tbsp",
    ("teaspoon", "teaspoons"): "tsp",
    ("day", "days"): "day, days",
    ("week", "weeks"): "wk, wks, week, weeks",
    ("month", "months"): "mo, mos, month, months",
    ("year", "years"): "yr, yrs, year, years",
    ("step", "steps"): "step, steps",
    ("breath", "breaths"): "breath, breaths",
    ("lap", "laps"): "lap, laps",
    ("rep", "reps"): "rep, reps",
    ("set", "sets"): "set, sets",
    ("round", "rounds"): "rds, round, rounds",
    ("degree", "degrees"): "°, °C, deg, degs, degree, degrees",
    ("degree Fahrenheit", "degrees Fahrenheit"): "°F",
    ("percent", "percent"): "%",
    ("per mille", "per mille"): "‰",
    ("part per million", "parts per million"): "ppm",
    ("euro", "euros"): "€, EUR",
    ("cent", "cents"): "¢",
}

_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "sept": "September", "oct": "October", "nov": "November",
    "dec": "December",
}  # fmt: skip

_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday",
    "thur": "Thursday", "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip

_SIGNS = {
    "&": "and", "+": "plus", "=": "is", "≈": "is about", "≠": "is not", "@": "at", " @ ": "at", "%": "percent",
    "‰": "per mille", "°": "degrees", "€": "euros", "£": "pounds", "$": "dollars", "¥": "yen", "¢": "cents",
    "−": "minus", "±": "plus or minus", "×": "times", "÷": "divided by", "√": "the square root of", "∞": "infinity",
    "↑": "up", "↓": "down", "↔": "and",
    "µ": "micro", "π": "pi", "Ω": "ohm", "§": "section",
}  # fmt: skip

_SIGNS_BEFORE = {
    "±": "about", "~": "about", "≈": "about", "<": "less than", ">": "more than", "≤": "at most", "≥": "at least",
}  # fmt: skip

SPOKEN_FORMS = SpokenForms(
    thousands=",",
    point=".",
    point_word="point",
    dot="dot",
    units={unit: names for names, written in _UNITS.items() for unit in written.split(", ")},
    long_units=(
        *("km", "km/h", "mph", "min/km", "m/s", "m2", "km2", "m3", "cm", "mm", "kg", "ml", "bpm", "spm", "°C", "°F"),
        *("kcal", "mins", "secs", "hrs", "wks"),
    ),
    metres=("metre", "metres"),
    minutes=("minute", "minutes"),
    money={"€": ("euro", "euros"), "£": ("pound", "pounds"), "$": ("dollar", "dollars"), "¥": ("yen", "yen")},
    cents={"€": ("cent", "cents"), "$": ("cent", "cents"), "£": ("penny", "pence")},
    ordinals=("st", "nd", "rd", "th"),
    endings=("ish", "'s", "somethings", "something", "ers", "er"),
    abbreviations=ABBREVIATIONS,
    limits={"max.": "at most", "min.": "at least"},
    closing=CLOSING,
    also_words=ALSO_WORDS,
    numbered=NUMBERED,
    capitals={
        "HR": "heart rate",
        "max. HR": "maximum heart rate",
        "Max. HR": "Maximum heart rate",
        "HRrest": "resting heart rate",
        "HRmax": "maximum heart rate",
        "MHR": "maximum heart rate",
        "VO2max": "VO2 max",
        "M-F": "Monday to Friday",
        "M/W/F": "Monday, Wednesday, Friday",
        "M/W": "Monday, Wednesday",
        "Tu/Th": "Tuesday, Thursday",
        "T/Th": "Tuesday, Thursday",
        "M-Th": "Monday to Thursday",
        "M–F": "Monday to Friday",
        "St.": "Saint",
        "Mt.": "Mount",
        "Jr.": "Junior",
        "Sr.": "Senior",
        "WWII": "World War Two",
        "World War I": "World War One",
        "WWI": "World War One",
    },
    places={
        "St.": "Street",
        "St": "Street",
        "Dr.": "Drive",
        "Rd": "Road",
        "Rd.": "Road",
        "Ave": "Avenue",
        "Ave.": "Avenue",
        "Blvd": "Boulevard",
        "Blvd.": "Boulevard",
        "Ln": "Lane",
        "Ln.": "Lane",
        "Ct.": "Court",
        "Pl.": "Place",
        "Sq.": "Square",
        "Pkwy": "Parkway",
        "Cres": "Crescent",
        "Cres.": "Crescent",
    },
    short_months=_MONTHS,
    short_days=_DAYS,
    small_names=False,
    signs=_SIGNS,
    signs_before=_SIGNS_BEFORE,
    between="to",
    ratio="to",
    out_of="out of",
    part_of="of",
    either="or",
    once="once",
    or_more="or more",
    per="per",
    squared="squared",
    cubed="cubed",
    power="to the power of {power}",
    zone="zone",
    then="then",
    becomes="to",
    o_clock="{hour} o'clock",
    past="{hour} {minutes}",
    nought="oh",
    clock_example="at {hour}:{minutes}",
    twelve_hours=True,
    half_days=("a.m.", "p.m.", "p.m."),
    date="the {day} of {month}",
    ordinal_days=True,
    regnal="the {ordinal}",
    long_years=True,
    decades=("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
    fractions=FractionWords(
        names={2: ("half", "halves"), 4: ("quarter", "quarters")},
        several="s",
        whole={"1/2": "a half", "1/4": "a quarter", "1/3": "a third"},
        of_unit="{part} of a {unit}",
        half_unit="half a {unit}",
        mixed="{whole} and {part}",
        half="one and a half",
        single=False,
        halves="{whole} and a half",
        inflected=(),
        inflection=("", ""),
        contractions={"a hour": "an hour", "a inch": "an inch", "a ounce": "an ounce"},
        after_article={"^a ": "", "^half an? ": "half ", "^three quarters of an? ": "three quarter "},
    ),
    lengths=LengthWords(
        seconds=UnitLengths(
            one="a second",
            half="half a second",
            one_and_a_half="a second and a half",
            halves="{count} and a half seconds",
            several="{count} seconds",
        ),
        minutes=UnitLengths(
            one="a minute",
            half="half a minute",
            one_and_a_half="a minute and a half",
            halves="{count} and a half minutes",
            several="{count} minutes",
        ),
        hours=UnitLengths(
            one="an hour",
            half="half an hour",
            one_and_a_half="an hour and a half",
            halves="{count} and a half hours",
            several="{count} hours",
        ),
        joined="{larger} and {smaller}",
        named={
            100: "a hundred seconds",
            105: "a minute and three quarters",
            135: "two and a quarter minutes",
            165: "two and three quarter minutes",
            900: "a quarter of an hour",
            2700: "three quarters of an hour",
            4500: "an hour and a quarter",
            6300: "an hour and three quarters",
            8100: "two and a quarter hours",
            9900: "two and three quarter hours",
        },
        nearly="nearly {length}",
        just_over="just over {length}",
        about="about",
    ),
    rounds={"rounds": "round", "laps": "lap", "times": "time", "repeats": "repeat", "sets": "set", "blocks": "block"},
    each=("the", "this", "that", "your", "our", "my"),
    contexts=ContextWords(
        clock_before=(
            "at|it'?s|it is|(?:be|am|i'm|are|meet) (?:there|here|home|back)|see you|bed|bedtime|wake|wake-up|alarm|"
            "noon|midnight|meet|meets|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|"
            "sunrise|sunset|(?:scheduled|booked|planned|set) for|plan (?:your|the|a) \\w+ for|"
            "tomorrow|o'clock|doors|doors open|class"
        ),
        clock_after=(
            "o'?clock|in the (?:morning|afternoon|evening)|on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|"
            "every day|daily|sharp|tonight|at night|tomorrow|today|trains?|bus|ferry|tram|flight|slot|appointment|class"
        ),
        perhaps_clock=(
            "starts?|opens?|closes?|leaves?|departs?|begins?|until|till|by|before|from|since|around|between|to|and|coffee|"
            "(?:wave|heat|corral) \\w|"
            "lunch|breakfast|dinner|brunch|arrive|arrival"
        ),
        appointment="lunch|breakfast|dinner|meetings?|office|desk|appointments?|workshops?|coffee|agenda|class|clinic|working|workday",
        morning=r"a\.m\.|a\.m|am|AM|A\.M\.",
        afternoon=r"p\.m\.|p\.m|pm|PM|P\.M\.",
        distance=(
            "metres?|meters?|sprints?|strides?|hills?|uphill|downhill|track|laps?|left|right|ahead|further|"
            "away|distance|race|skips?|drills?|bounds|bounding|shuttles?|cones?|bends?|straights?"
        ),
        breath="breath|breaths|breathe|breathing|inhale|exhale",
        counted=(
            "times|minutes?|mins?|seconds?|secs?|hours?|steps?|breaths|strides?|counts?|weeks?|days?|"
            "words|sounds|things|metres?|laps?|rounds?|sets?|years?|months?|reps?|people|runners|degrees|repeats|intervals"
        ),
        year_before=(
            "in|since|from|by|year|until|of|january|february|march|april|may|june|july|august|september|"
            "october|november|december|summer|winter|spring|autumn"
        ),
        month_before="between|before|after|early|late|mid|per|half",
        people="Jan|May|June",
        numbered="part|phase|zone|chapter|level|type|week|block|step|stage|number|round|set",
        not_roman="I",
        counters="rep|day|question|q|item|slide|page|task|lesson|exercise|session|run|interval|mile|km|kilometre|lap|series|repeat",
        single_after="an?",
        directions={
            "inhale": "breathes? (?:deeply )?in|inhal(?:es?|ing)",
            "exhale": "breathes? (?:deeply )?out|exhal(?:es?|ing)",
            "pause": "(?:(?:long|short|brief|slight) )?(?:pause|silence|wait(?:s|ing)?|beat)",
            "other": "sighs?|music|gong|whisper(?:s|ing)?|soft voice",
        },
        per_after=("s|kg|sec|second|min|minute|hour|hr|h|(?<!night/)day|(?<!day/)night|week|wk|month|year|km|mi|mile"),
        per_each="run|session|set|side|person|round|leg|arm|foot|rep|lap|block|interval|breath|day|week|wk|month|year|yr|mo",
        single_unit="per|an?|each|every|last|first|second|third|next|previous|half|whole|one|this|that",
        thousands_of="steps|people|runners|calories|kcal|followers",
        dialled="call|dial|phone|ring|zip|zip code|postcode|pin|code",
        paced="mile|pace|marathon|half|mark",
        elapsed="into|in(?! the)|mark|left|to go|remaining|elapsed|of (?:running|walking|jogging|easy)",
        attributed=(
            "repeats|reps|strides|intervals|sprints|efforts|hills|walks|runs|jogs|loops?|warm-?ups?|cool-?downs?|race|"
            "races|dash|relay|segments?|blocks|surges|pick-?ups|breaks|recoveries|floats|laps|mark|goal|limit|drop|"
            "incline|playlist|timer|pool|track|course|lengths|circuit|weights?|"
            "plates?|kettlebells?|bands?|box|step|bottle|tablets?|pills?|doses?"
        ),
        perhaps_attributed=(
            "(?:easy |brisk |slow |gentle |steady |long |short |hard |fast )?(?:walk|run|jog|stretch|rest|recovery|"
            "sprint|break|block|interval|rep|hill|pause|shuffle|silence|float|stride|hike|climb|session|"
            "fee|ticket|price|deposit|discount|note|shoe|entry|charge|fine)"
        ),
        determiners="the|this|that|your|our|my|another|his|her|their",
        monarchs=(
            "(?:(?:King|Queen|Pope|Emperor|Tsar|Czar|Prince) )?(?:Elizabeth|Charles|Henry|Louis|William|George|Edward|"
            "James|Richard|Mary|Philip|Frederick|Catherine|Peter|Nicholas|Alexander|John Paul|Pius|Benedict|Leo|"
            "Napoleon|Ramses|Rameses|Ivan|Harald|Albert|Leopold|Margaret|Margrethe|Ludwig|Wilhelm|Gregory)"
        ),
        street_before="on|onto|off|along|down|up|cross",
        no_saint="It|He|She|That|There|Here|Wh\\w+|How|Let",
    ),
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
    english_name=mark_message("English"),
    voice_tags=("english", "engels"),
    iso_639_2=("eng",),
    album="Mindful running",
    voices=("piper", "system", "hibari", "kokoro", "espeak"),
    piper_voice="en_GB-cori-high",
    better_voice=mark_message("another voice"),
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
