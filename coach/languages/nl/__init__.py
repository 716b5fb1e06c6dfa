"""Dutch: how it is read aloud, which voices speak it, and all its words."""

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
from coach.languages.nl.dutch_abbreviations import ABBREVIATIONS, ALSO_WORDS, CAPITALS, CLOSING, NUMBERED
from coach.languages.nl.dutch_authoring import GOAL_LEXICON, NEW_SESSION, SYNONYMS
from coach.languages.nl.dutch_interface import ANSWERS, CHART, JOURNAL, PAGE, SCREEN
from coach.languages.screen_words import NumberWords
from coach.translation import mark_message

_UNITS = {
    ("seconde", "seconden"): "s, sec, seconde, seconden",
    ("minuut", "minuten"): "min, minuut, minuten",
    ("uur", "uur"): "u, h, uur",
    ("milliseconde", "milliseconden"): "ms",
    ("meter", "meter"): "meter",
    ("kilometer", "kilometer"): "k, km, kilometer",
    ("hoogtemeter", "hoogtemeters"): "hm",
    ("kilometer per uur", "kilometer per uur"): "km/u, km/h, km/uur, kmu, kmh",
    ("voet", "voet"): "ft, voet",
    ("inch", "inch"): "inch",
    ("yard", "yard"): "yd, yds, yard",
    ("pond", "pond"): "lb, lbs, pond",
    ("mijl", "mijl"): "mijl, mijlen, mi",
    ("Engelse mijl", "Engelse mijl"): "EM",
    ("mijl per uur", "mijl per uur"): "mph",
    ("meter per seconde", "meter per seconde"): "m/s",
    ("minuut per kilometer", "minuten per kilometer"): "min/km",
    ("per kilometer", "per kilometer"): "/km, /k",
    ("per mijl", "per mijl"): "/mi, /mile, /mijl",
    ("minuut per mijl", "minuten per mijl"): "min/mi, min/mijl",
    ("centimeter", "centimeter"): "cm",
    ("millimeter", "millimeter"): "mm",
    ("vierkante meter", "vierkante meter"): "m2",
    ("vierkante kilometer", "vierkante kilometer"): "km2",
    ("kubieke meter", "kubieke meter"): "m3",
    ("kilo", "kilo"): "kg, kilo",
    ("gram", "gram"): "g, gr",
    ("milliliter", "milliliter"): "ml",
    ("centiliter", "centiliter"): "cl",
    ("deciliter", "deciliter"): "dl",
    ("milligram", "milligram"): "mg",
    ("liter", "liter"): "l, L, ltr, liter",
    ("kilocalorie", "kilocalorieën"): "kcal",
    ("kilojoule", "kilojoule"): "kJ",
    ("microgram", "microgram"): "mcg, µg",
    ("millimeter kwik", "millimeter kwik"): "mmHg",
    ("stuk", "stuks"): "stuks",
    ("millimol per liter", "millimol per liter"): "mmol/l, mmol/L",
    ("decibel", "decibel"): "dB",
    ("hertz", "hertz"): "Hz",
    ("kilohertz", "kilohertz"): "kHz",
    ("slag per minuut", "slagen per minuut"): "bpm, sl/min, sl./min",
    ("stap per minuut", "stappen per minuut"): "spm",
    ("pas per minuut", "passen per minuut"): "ppm, p/min",
    ("watt", "watt"): "W, watt",
    ("kilowatt", "kilowatt"): "kW",
    ("watt per kilo", "watt per kilo"): "W/kg",
    ("toer per minuut", "toeren per minuut"): "rpm",
    ("tablet", "tabletten"): "tabl, tablet, tabletten",
    ("capsule", "capsules"): "caps, capsule, capsules",
    ("eetlepel", "eetlepels"): "el",
    ("theelepel", "theelepels"): "tl",
    ("beaufort", "beaufort"): "Bft",
    ("week", "weken"): "wk, wkn, week, weken",
    ("maand", "maanden"): "mnd, mnden, maand, maanden",
    ("dag", "dagen"): "dgn, dag, dagen",
    ("jaar", "jaar"): "jr",
    ("persoon", "personen"): "pers",
    ("miljoen", "miljoen"): "mln",
    ("miljard", "miljard"): "mld",
    ("stap", "stappen"): "stap, stappen",
    ("pas", "passen"): "pas, passen",
    ("tel", "tellen"): "tel, tellen",
    ("ronde", "rondes"): "ronde, rondes",
    ("keer", "keer"): "keer",
    ("graad", "graden"): "°, °C, graad, graden",
    ("graad Fahrenheit", "graden Fahrenheit"): "°F",
    ("procent", "procent"): "%",
    ("promille", "promille"): "‰",
    ("euro", "euro"): "€, EUR, euro",
    ("cent", "cent"): "ct",
}

_MONTHS = {
    "jan": "januari", "feb": "februari", "febr": "februari", "mrt": "maart", "apr": "april", "mei": "mei",
    "jun": "juni", "jul": "juli", "aug": "augustus", "sep": "september", "sept": "september", "okt": "oktober",
    "nov": "november", "dec": "december",
}  # fmt: skip

_DAYS = {
    "ma": "maandag", "di": "dinsdag", "wo": "woensdag", "woe": "woensdag", "do": "donderdag", "vr": "vrijdag",
    "vrij": "vrijdag", "za": "zaterdag", "zat": "zaterdag", "zo": "zondag", "zon": "zondag",
}  # fmt: skip

_SIGNS = {
    "&": "en", "+": "plus", "=": "is", "≈": "is ongeveer", "≠": "is niet", "@": "apenstaartje", " @ ": "op",
    "%": "procent", "‰": "promille", "°": "graden", "€": "euro", "£": "pond", "$": "dollar", "¥": "yen",
    "¢": "cent", "−": "min", "±": "plus of min", "×": "keer", "÷": "gedeeld door", "√": "de wortel van",
    "∞": "oneindig", "↑": "omhoog", "↓": "omlaag", "↔": "en",
    "µ": "micro", "π": "pi", "Ω": "ohm", "§": "paragraaf",
}  # fmt: skip

_SIGNS_BEFORE = {
    "±": "ongeveer", "~": "ongeveer", "≈": "ongeveer", "<": "minder dan", ">": "meer dan", "≤": "hoogstens",
    "≥": "minstens",
}  # fmt: skip

SPOKEN_FORMS = SpokenForms(
    thousands=".",
    point=",",
    point_word="komma",
    dot="punt",
    units={unit: names for names, written in _UNITS.items() for unit in written.split(", ")},
    long_units=(
        *("km", "km/u", "km/h", "km/uur", "mph", "m2", "km2", "m3", "cm", "mm", "kg"),
        *("ml", "min/km", "bpm", "spm", "ppm", "sl/min", "°C", "°F", "m/s", "kcal"),
    ),
    metres=("meter", "meter"),
    minutes=("minuut", "minuten"),
    money={"€": ("euro", "euro"), "£": ("pond", "pond"), "$": ("dollar", "dollar"), "¥": ("yen", "yen")},
    cents={"€": ("cent", "cent"), "$": ("cent", "cent"), "£": ("penny", "pence")},
    ordinals=("e", "de", "ste"),
    endings=("en", "er", "ers", "tal", "tallen", "den", "tje", "tjes"),
    abbreviations=ABBREVIATIONS,
    limits={"max.": "hoogstens", "min.": "minstens", "nl.": "namelijk"},
    closing=CLOSING,
    also_words=ALSO_WORDS,
    numbered=NUMBERED,
    capitals=CAPITALS,
    places={"str.": "straat"},
    short_months=_MONTHS,
    short_days=_DAYS,
    small_names=True,
    signs=_SIGNS,
    signs_before=_SIGNS_BEFORE,
    between="tot",
    ratio="op",
    out_of="op",
    part_of="van",
    either="of",
    once="één keer",
    or_more="of meer",
    per="per",
    squared="kwadraat",
    cubed="tot de derde",
    power="tot de macht {power}",
    zone="zone",
    then="dan",
    becomes="naar",
    o_clock="{hour} uur",
    past="{hour} uur {minutes}",
    nought="",
    clock_example="om {hour}:{minutes}",
    twelve_hours=False,
    half_days=("'s ochtends", "'s middags", "'s avonds"),
    date="{day} {month}",
    ordinal_days=False,
    regnal="de {ordinal}",
    long_years=False,
    decades=("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"),
    fractions=FractionWords(
        names={2: ("half", "half"), 4: ("kwart", "kwart")},
        several="",
        whole={"1/2": "een half", "1/4": "een kwart", "3/4": "driekwart", "1/3": "een derde"},
        of_unit="{part} {unit}",
        half_unit="een half {unit}",
        mixed="{whole} en {part}",
        half="anderhalf",
        single=True,
        halves="{whole}enhalf",
        inflected=(
            *("minuut", "minuten", "seconde", "seconden", "meter", "kilometer", "centimeter", "millimeter", "kilo"),
            *("milliseconde", "centiliter", "deciliter", "kilocalorie", "toer", "pas", "passen", "tel", "tellen"),
            *("eetlepel", "theelepel", "liter", "milliliter", "graad", "graden", "euro", "dag", "dagen"),
            *("week", "weken", "maand", "maanden"),
            *(
                "mijl",
                "ronde",
                "rondes",
                "keer",
                "pagina",
                "bladzijde",
                "ademhaling",
                "ademhalingen",
                "ademteug",
                "ademteugen",
                "punt",
                "punten",
                "stap",
                "stappen",
                "slag",
                "slagen",
                "dollar",
                "marathon",
                "triatlon",
                "appel",
                "banaan",
                "kop",
                "beker",
                "fles",
                "boterham",
                "reep",
                "pil",
                "tablet",
                "portie",
                "bocht",
                "draai",
                "lengte",
            ),
        ),
        inflection=("half", "halve"),
        contractions={
            "(?<!en )een kwart uur": "een kwartier",
            "eenenhalf": "anderhalf",
            "eenenhalve": "anderhalve",
            "tweeen": "tweeën",
            "drieen": "drieën",
            "vijfen": "vijven",
            "zesen": "zessen",
            "elfen": "elven",
            "honderdden": "honderden",
            "duizendden": "duizenden",
            "duizenden": "duizenden",
        },
        after_article={"^een ": ""},
    ),
    lengths=LengthWords(
        seconds=UnitLengths(
            one="een seconde",
            half="een halve seconde",
            one_and_a_half="anderhalve seconde",
            halves="{count}enhalve seconde",
            several="{count} seconden",
        ),
        minutes=UnitLengths(
            one="een minuut",
            half="een halve minuut",
            one_and_a_half="anderhalve minuut",
            halves="{count}enhalve minuut",
            several="{count} minuten",
        ),
        hours=UnitLengths(
            one="een uur",
            half="een half uur",
            one_and_a_half="anderhalf uur",
            halves="{count}enhalf uur",
            several="{count} uur",
        ),
        joined="{larger} en {smaller}",
        named={
            105: "een minuut en vijfenveertig seconden",
            135: "twee en een kwart minuut",
            165: "twee en driekwart minuut",
            900: "een kwartier",
            2700: "drie kwartier",
            4500: "vijf kwartier",
            6300: "een uur en drie kwartier",
            8100: "twee uur en een kwartier",
            9900: "twee uur en drie kwartier",
        },
        nearly="bijna {length}",
        just_over="ruim {length}",
        about="(?:zo )?ongeveer",
    ),
    rounds={
        "rondes": "ronde",
        "rondjes": "rondje",
        "keren": "keer",
        "keer": "keer",
        "blokken": "blok",
        "series": "serie",
    },
    each=("de", "het", "deze", "dit", "die", "je", "jouw", "onze"),
    contexts=ContextWords(
        clock_before=(
            "om|het is|ben er|er weer|bed|bedtijd|slapen|opstaan|wekker|"
            "weer thuis|klokslag|'s (?:ochtends|morgens|middags|avonds|nachts)|afspraak|"
            "verzamelen|vertrek|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vandaag|vanavond|"
            "vanmiddag|vanochtend|morgen|morgenochtend|zonsopkomst|zonsopgang|zonsondergang|"
            "aanvang|inloop vanaf|deuren open|kwart (?:voor|over) \\w+"
        ),
        clock_after=(
            "uur|u|'s (?:ochtends|morgens|middags|avonds|nachts)|vanavond|vanmiddag|vanochtend|morgen|trein|bus|tram"
        ),
        perhaps_clock=(
            "start|inloop|starten|begint|opent|sluit|einde|tot|vanaf|voor|vóór|rond|tegen|sinds|tussen|van|en|na|"
            "(?:wave|startvak|vak|golf|heat) \\w|koffie|lunch|ontbijt|borrel|aankomst|terug"
        ),
        appointment=(
            "lunch|lunchpauze|middagpauze|ontbijt|vergadering|kantoor|bureau|les|afspraak|workshop|koffie|agenda|spreekuur"
        ),
        morning=r"am|AM|a\.m\.",
        afternoon=r"pm|PM|p\.m\.",
        distance=(
            "meter|sprint|sprints|sprintje|versnelling|versnellingen|heuvel|helling|baan|linksaf|rechtsaf|"
            "links|rechts|verderop|verder|afstand|skippings?|kniehef|hakkenbillen|huppelen|loopscholing|pionn?en?|"
            "kegels?|bocht|bochten|lantaarnpaal|rondje|rondjes|rechte stuk"
        ),
        breath="adem|adempatroon|ademritme|ademen|ademhaling|ademhalen|inademen|uitademen|ademt",
        counted=(
            "keer|minuut|minuten|min|seconden?|sec|uur|tellen|passen|stappen|ademteugen|ademhalingen|weken|"
            "woorden|geluiden|dingen|dagen|meter|rondes?|rondjes|x|jaar|maanden|herhalingen|mensen|personen|lopers|graden|sets|series"
        ),
        year_before=(
            "in|sinds|vanaf|jaar|tot|uit|van|januari|februari|maart|april|mei|juni|juli|augustus|september|"
            "oktober|november|december|zomer|winter|lente|herfst"
        ),
        month_before="medio|begin|eind|half|per|na|voor|tegen|rond|tussen",
        people="Jan|Sep",
        numbered="deel|fase|zone|hoofdstuk|niveau|type|week|blok|stap|nummer|ronde|set",
        not_roman="(?!)",
        counters="herhaling|dag|vraag|opdracht|dia|pagina|les|oefening|sessie|training|loop|run|interval|kilometer|km|serie|rit|beurt",
        single_after="(?!)",
        directions={
            "inhale": "ademt? (?:diep )?in|inadem(?:en|ing)?",
            "exhale": "ademt? (?:diep )?uit|uitadem(?:en|ing)?",
            "pause": "(?:(?:lange|korte|even|kleine) )?(?:pauze|stilte|wacht(?:en|t)?)",
            "other": "zucht(?:en|t)?|muziek|gong|fluister(?:t|end)?|zachte stem",
        },
        per_after=(
            "s|kg|sec|seconde|min|minuut|uur|u|(?<!nacht/)dag|(?<!dag/)nacht|week|wk|maand|mnd|jaar|km|kilometer|sessie|kant|persoon|keer|been|zijde"
        ),
        per_each="run|sessie|set|kant|persoon|ronde|keer|been|arm|voet|zijde|herhaling|adem|blok|interval|dag|week|wk|maand|jaar|jr|mnd",
        single_unit="per|elke|iedere|laatste|eerste|tweede|derde|volgende|vorige|halve|hele|deze",
        thousands_of="stappen|passen|mensen|lopers|deelnemers|kcal|volgers|euro",
        dialled="sms naar|code|pincode|bel|belt|bellen|draai|telefoon|noodnummer|alarmnummer",
        paced="marathon|mijl|tempo",
        elapsed=(
            "onderweg|te gaan|in de (?:loop|training|sessie|run)|gelopen|bezig|rustig|"
            "(?:lopen|wandelen|joggen|dribbelen)(?!\\s(?:we|wij|jullie|ik|ze|zij|je)\\b)"
        ),
        attributed="(?!)",
        perhaps_attributed="(?!)",
        determiners="(?!)",
        monarchs=(
            "(?:(?:[Kk]oning(?:in)?|[Pp]aus|[Kk]eizer(?:in)?|[Tt]saar|[Pp]rins) )?"
            "(?:Willem|Albert|Leopold|Filips|Karel|"
            "Lodewijk|Hendrik|Johannes Paulus|Pius|Leo|Benedictus|Napoleon|Wilhelm|Frederik|Elizabeth|Charles|George|"
            "Richard|Boudewijn|Floris|Jan|Peter|Catharina|Alexander|Christiaan|Harald|Maria|Margaretha|Maximiliaan)"
        ),
        street_before="(?!)",
        no_saint="(?!)",
    ),
)

NUMBER_WORDS = NumberWords(
    zero="nul",
    units=("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"),
    teens=("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
    tens=("twintig", "dertig", "veertig", "vijftig", "zestig"),
    compounds=("{unit}en{tens}", "{unit}ën{tens}"),
    others={"één": 1},
)

LANGUAGE = Language(
    code="nl",
    english_name=mark_message("Dutch"),
    voice_tags=("dutch", "nederlands", "flemish", "vlaams"),
    iso_639_2=("nld", "dut"),
    album="Mindful hardlopen",
    voices=("piper", "kokoro", "system", "mbrola", "espeak"),
    piper_voice="nl_BE-nathalie-medium",
    better_voice=mark_message("a warmer voice"),
    voice_lines=VoiceLines(
        sample="Hoi. Zo klink ik. Loop maar rustig aan, laat je schouders zakken, en adem uit.",
        trial="Adem rustig in, en laat je schouders zakken.",
        pace="Voel hoe je voeten bij elke stap de grond raken terwijl je schouders zakken en je adem rustiger wordt.",
    ),
    pace=SpeechPace(edges_s=0.236, vowels_s=0.100, letter_s=0.072, comma_s=0.533, sentence_s=0.923),
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
