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
from coach.languages.nl.dutch_authoring import GOAL_LEXICON, NEW_SESSION, SYNONYMS
from coach.languages.nl.dutch_interface import ANSWERS, CHART, JOURNAL, PAGE, SCREEN
from coach.languages.screen_words import NumberWords

_ABBREVIATIONS = {
    "a.d.h.v.": "aan de hand van", "a.g.v.": "als gevolg van", "a.h.v.": "aan de hand van", "a.h.w.": "als het ware",
    "a.s.": "aanstaande", "a.u.b.": "alsjeblieft", "a/d": "aan de", "aant.": "aantal", "afb.": "afbeelding",
    "b.v.": "bijvoorbeeld", "bijv": "bijvoorbeeld", "bijv.": "bijvoorbeeld", "blz.": "bladzijde", "bv": "bijvoorbeeld",
    "bv.": "bijvoorbeeld", "bvb": "bijvoorbeeld", "bvb.": "bijvoorbeeld", "c.q.": "of", "ca": "ongeveer",
    "ca.": "ongeveer", "cf.": "vergelijk", "cq": "of", "d.i.": "dat is", "d.m.v.": "door middel van",
    "d.w.z.": "dat wil zeggen", "dhr.": "meneer", "dr.": "dokter", "drs.": "doctorandus", "e.a.": "en anderen",
    "e.d.": "en dergelijke", "e.v.": "en volgende", "een paar min": "een paar minuten",
    "een paar sec": "een paar seconden", "en/of": "en of", "enz": "enzovoort", "enz.": "enzovoort", "enzo.": "enzo",
    "etc": "enzovoort", "etc.": "enzovoort", "evt": "eventueel", "evt.": "eventueel", "excl.": "exclusief",
    "ext.": "extensieve", "ff": "even", "gem.": "gemiddeld", "gevoelstemp.": "gevoelstemperatuur",
    "haar/hem": "haar of hem", "haar/zijn": "haar of zijn", "hem/haar": "hem of haar", "herh.": "herhalingen",
    "hij/zij": "hij of zij", "i.c.m.": "in combinatie met", "i.f.v.": "in functie van", "i.g.v.": "in geval van",
    "i.h.a.": "in het algemeen", "i.h.b.": "in het bijzonder", "i.h.k.v.": "in het kader van",
    "i.i.g.": "in ieder geval", "i.o.m.": "in overleg met", "i.p.v.": "in plaats van", "i.s.m.": "in samenwerking met",
    "i.t.t.": "in tegenstelling tot", "i.v.m.": "in verband met", "i/d": "in de", "idd": "inderdaad", "iem.": "iemand",
    "incl.": "inclusief", "inl.": "inlopen", "inschr.": "inschrijven", "int.": "intensieve", "ir.": "ingenieur",
    "jl.": "jongstleden", "km's": "kilometers", "L/R": "links, rechts", "li & re": "links en rechts",
    "li + re": "links en rechts", "li en re": "links en rechts", "li.": "links", "li/re": "links, rechts",
    "m.a.w.": "met andere woorden", "m.b.t.": "met betrekking tot", "m.b.v.": "met behulp van", "m.i.": "mijns inziens",
    "m.i.v.": "met ingang van", "m.m.v.": "met medewerking van", "m.n.": "met name", "m.u.v.": "met uitzondering van",
    "max hartslag": "maximale hartslag", "max. hartslag": "maximale hartslag", "max. inspanning": "maximale inspanning",
    "max. kracht": "maximale kracht", "max. snelheid": "maximale snelheid", "max. tempo": "maximaal tempo",
    "mevr.": "mevrouw", "mr.": "meester", "mss": "misschien", "mw.": "mevrouw", "n.a.v.": "naar aanleiding van",
    "N.B.": "let op", "n.b.": "let op", "n.v.t.": "niet van toepassing", "neg.": "negatieve", "nml.": "namelijk",
    "o.a.": "onder andere", "o.b.v.": "op basis van", "o.g.v.": "op grond van", "o.i.d.": "of iets dergelijks",
    "o.i.v.": "onder invloed van", "o.l.v.": "onder leiding van", "o.m.": "onder meer", "o/d": "op de",
    "oa": "onder andere", "oef.": "oefening", "ong.": "ongeveer", "opm.": "opmerking", "opw.": "opwarming",
    "p.d.": "per dag", "p.p.": "per persoon", "p.s.": "postscriptum", "p.u.": "per uur", "p.w.": "per week",
    "p/d": "per dag", "p/m": "per maand", "p/p": "per persoon", "p/u": "per uur", "p/w": "per week", "per u": "per uur",
    "plm.": "ongeveer", "plus/min": "ongeveer", "prof.": "professor", "R/L": "rechts, links", "re.": "rechts",
    "resp.": "respectievelijk", "s.v.p.": "alsjeblieft", "t.a.v.": "ten aanzien van", "t.b.v.": "ten behoeve van",
    "t.e.m.": "tot en met", "t.g.v.": "ten gevolge van", "t.h.v.": "ter hoogte van", "t.n.v.": "ten name van",
    "t.o.v.": "ten opzichte van", "t.w.": "te weten", "t.z.t.": "te zijner tijd", "t/m": "tot en met",
    "tel.": "telefoon", "temp.": "temperatuur", "tss.": "tussen", "uitl.": "uitlopen", "v.a.": "vanaf",
    "v.d.": "van de", "v.w.b.": "voor wat betreft", "v/d": "van de", "v/h": "van het", "va.": "vanaf",
    "vb.": "voorbeeld", "vd": "van de", "vgl.": "vergelijk", "vlgs.": "volgens", "vnl.": "voornamelijk", "vs": "versus",
    "vs.": "versus", "w.o.": "waaronder", "wsch.": "waarschijnlijk", "wss": "waarschijnlijk", "z.g.": "zogenaamd",
    "z.n.": "zo nodig", "z.o.z.": "zie ommezijde", "z.s.m.": "zo snel mogelijk", "zgn.": "zogenaamd",
    "zij/hij": "zij of hij", "zijn/haar": "zijn of haar", "zn.": "zo nodig",
}  # fmt: skip

_CAPITALS = {
    **dict.fromkeys(("HF", "HS", "HR"), "hartslag"),
    "max. HF": "maximale hartslag", "Max. HF": "Maximale hartslag", "max HF": "maximale hartslag",
    "HFmax": "maximale hartslag", "HFrust": "rusthartslag", "HSmax": "maximale hartslag", "HRmax": "maximale hartslag",
    "VO2max": "VO2 max", "St.": "Sint", "WOII": "Wereldoorlog Twee", "WO I": "Wereldoorlog Eén",
    "WO II": "Wereldoorlog Twee", "WOI": "Wereldoorlog Eén",
}  # fmt: skip

_UNITS = {
    ("seconde", "seconden"): "s, sec, seconde, seconden",
    ("minuut", "minuten"): "min, minuut, minuten",
    ("uur", "uur"): "u, h, uur",
    ("milliseconde", "milliseconden"): "ms",
    ("meter", "meter"): "meter",
    ("kilometer", "kilometer"): "k, km, kilometer",
    ("hoogtemeter", "hoogtemeters"): "hm",
    ("kilometer per uur", "kilometer per uur"): "km/u, km/h, km/uur, kmu, kmh",
    ("mijl", "mijl"): "mijl, mijlen, mi",
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
    ("liter", "liter"): "l, L, liter",
    ("kilocalorie", "kilocalorieën"): "kcal",
    ("decibel", "decibel"): "dB",
    ("hertz", "hertz"): "Hz",
    ("kilohertz", "kilohertz"): "kHz",
    ("slag per minuut", "slagen per minuut"): "bpm, sl/min",
    ("stap per minuut", "stappen per minuut"): "spm",
    ("pas per minuut", "passen per minuut"): "ppm, p/min",
    ("watt", "watt"): "W, watt",
    ("kilowatt", "kilowatt"): "kW",
    ("watt per kilo", "watt per kilo"): "W/kg",
    ("toer per minuut", "toeren per minuut"): "rpm",
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

_NUMBERED = {
    "nr.": "nummer", "nr": "nummer", "n°": "nummer", "no": "nummer", "no.": "nummer", "#": "nummer", "v.": "van",
    "p.": "pagina", "pag.": "pagina", "hfst.": "hoofdstuk", "art.": "artikel", "blz.": "bladzijde",
    "fig.": "figuur", "wk": "week", "wk.": "week", "afl.": "aflevering", "dl.": "deel", "par.": "paragraaf",
    "huisnr.": "huisnummer", "kmr.": "kamer",
}  # fmt: skip

_SIGNS = {
    "&": "en", "+": "plus", "=": "is", "≈": "is ongeveer", "≠": "is niet", "@": "apenstaartje", " @ ": "op",
    "%": "procent", "‰": "promille", "°": "graden", "€": "euro", "£": "pond", "$": "dollar", "¥": "yen",
    "¢": "cent", "−": "min", "±": "plus of min", "×": "keer", "÷": "gedeeld door", "√": "de wortel van",
    "∞": "oneindig", "µ": "micro", "π": "pi", "Ω": "ohm", "§": "paragraaf",
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
    ordinals=("e", "de", "ste"),
    endings=("en", "er", "ers", "tal", "tallen", "den", "tje", "tjes"),
    abbreviations=_ABBREVIATIONS,
    limits={"max.": "hoogstens", "min.": "minstens", "nl.": "namelijk"},
    closing=("enz.", "etc.", "e.a.", "e.d.", "o.i.d.", "n.v.t.", "z.s.m.", "s.v.p.", "a.u.b."),
    numbered=_NUMBERED,
    capitals=_CAPITALS,
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
            *("mijl", "ronde", "rondes", "keer", "pagina", "bladzijde", "stap", "stappen", "slag", "slagen", "dollar"),
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
            "om|het is|klokslag|'s (?:ochtends|morgens|middags|avonds|nachts)|afspraak|"
            "verzamelen|vertrek|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vandaag|vanavond|"
            "vanmiddag|vanochtend|morgen|morgenochtend|aanvang|inloop vanaf|deuren open|kwart (?:voor|over) \\w+"
        ),
        clock_after="uur|u|'s (?:ochtends|morgens|middags|avonds|nachts)|vanavond|vanmiddag|vanochtend|morgen",
        perhaps_clock="start|inloop|starten|begint|opent|sluit|einde|tot|vanaf|voor|vóór|rond|tegen|sinds|tussen|van|en|na",
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
        numbered="deel|fase|zone|hoofdstuk|niveau|type|week|blok|stap|nummer|ronde|set",
        not_roman="(?!)",
        counters="herhaling|dag|les|oefening|sessie|training|loop|run|interval|kilometer|km|serie|rit|beurt",
        single_after="(?!)",
        directions={
            "inhale": "ademt? (?:diep )?in|inadem(?:en|ing)?",
            "exhale": "ademt? (?:diep )?uit|uitadem(?:en|ing)?",
            "pause": "(?:(?:lange|korte|even|kleine) )?(?:pauze|stilte|wacht(?:en|t)?)",
            "other": "zucht(?:en|t)?|muziek|gong|fluister(?:t|end)?|zachte stem",
        },
        per_after=(
            "s|kg|sec|seconde|min|minuut|uur|u|dag|week|wk|maand|mnd|jaar|km|kilometer|sessie|kant|persoon|keer|been|zijde"
        ),
        per_each="run|sessie|set|kant|persoon|ronde|keer|been|arm|voet|zijde|herhaling|adem|blok|interval|dag|week|wk|maand|jaar",
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
    english_name="Dutch",
    voice_tags=("dutch", "nederlands", "flemish", "vlaams"),
    iso_639_2=("nld", "dut"),
    album="Mindful hardlopen",
    voices=("piper", "kokoro", "system", "mbrola", "espeak"),
    piper_voice="nl_BE-nathalie-medium",
    better_voice="a warmer voice",
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
