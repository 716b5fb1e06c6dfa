"""Authoring words in Dutch: how a session is explained, what stands for its keys, and what does not belong in it."""

import re
from collections.abc import Mapping

from coach.languages.language import GoalLexicon, NewSessionWords, make_phrases

NEW_SESSION = NewSessionWords(
    head=(
        "Een sessie voor de coach: gewone tekst, die je kunt veranderen zoals je wilt.",
        "Wat achter een # staat is uitleg voor jou; de coach leest het niet.",
        "",
        "  coach watch DIT-BESTAND    laat het je zien en horen terwijl je schrijft",
        "  coach check DIT-BESTAND    wijst aan wat er niet klopt, en hoe het wel moet",
        "  coach render DIT-BESTAND   maakt er een MP3 van voor je telefoon",
        "",
        "Een tijd schrijf je als 90s, 4m of 2m30s. Een rekbare tijd heeft een kortste en een langste: 2m..5m.",
        "Wat ergens bij hoort staat eronder, twee spaties verder naar rechts. Dat luistert nauw.",
    ),
    keys={
        "coach": "zo weet de coach hoe hij dit moet lezen; laat het staan",
        "title": "hoe de sessie heet",
        "about": "waar hij voor is, in één zin",
        "form": "het soort loop: reset, long, intervals, mindful, trail of other",
        "length": "hoe lang alles samen duurt; rekbare blokken rekken mee",
        "language": "de taal van je teksten",
        "cadence": "stappen per minuut als je loopt; 158 is kalm",
        "breath": "drie stappen in, drie stappen uit",
        "tick": "tick is de tik op je stap, bell de bel",
        "no-tick": "tick: none, dus er tikt niets; met tick: wood wel",
        "values": "een naam die je invult met --set name=Anna",
    },
    kinds={
        "check-in": ("Even stilstaan voor je gaat. Hoe gespannen ben je, van één tot tien?",),
        "settle": ("Van wandelen naar een heel rustig drafje.",),
        "breathing": ("Ademen op het ritme van je stappen. Eerst met de stem erbij, dan alleen jij.",),
        "breathe": ("Ademen in rust, stilstaand, voor de eerste stap.",),
        "brisk": (
            "Zes keer een minuut licht en vlot, met steeds weer rust. Nooit zwoegen.",
            "Een repeat doet alles wat eronder staat zo vaak als times zegt.",
        ),
        "body-scan": ("Met je aandacht door je lijf. Kies zelf welke delen, en in welke volgorde.",),
        "shoulder-release": ("Aanspannen en loslaten: schouders, handen en kaak.",),
        "easy": ("Gewoon lopen, met af en toe een woord.",),
        "walk": ("Een stukje wandelen, voor je weer draaft. Dat hoort bij de loop.",),
        "talk-test": ("Kun je nog makkelijk praten? Zo niet, dan mag het trager.",),
        "noticing": ("Gedachten komen en gaan. Je hoeft er niets mee.",),
        "listening": ("Luisteren naar wat er om je heen is.",),
        "silence": ("Stilte. De coach zegt hoe lang, en dan niets meer.",),
        "walk-out": ("Uitwandelen, steeds trager. Maak dit niet korter: hier komt alles tot rust.",),
        "stretch": ("Stilstaan, en zacht rekken.",),
        "reflect": ("Nog even stilstaan. Wat voelt er lichter dan daarnet?",),
    },
    mindful={
        "check-in": ("In deze loop spreekt de coach hoogstens zes keer. De eerste keer is voor je gaat.",),
        "breathing": ("Ademen op het ritme van je stappen, heel even maar.",),
        "easy": ("Gewoon lopen: free is een blok waarin niemand iets zegt.",),
        "silence": ("Stilte, van bel tot bel. say: none betekent: geen woord.",),
        "walk-out": ("Uitwandelen, steeds trager. Maak dit niet korter: hier komt alles tot rust.",),
    },
    about={
        "reset": "Een leeg hoofd na een volle dag.",
        "long": "Lang en langzaam, om diep te ontspannen.",
        "intervals": "Geef je onrust aan je benen: licht en vlot, en dan weer rustig.",
        "mindful": "Bijna geen woorden. Je adem, je voeten, en wat er te horen is.",
        "trail": "Zachte grond en weinig prikkels, voor als je hoofd moe is.",
    },
    look="Kijk eens om je heen, {name}. [2s] Wat valt je op?",
    own=(
        "Je eigen woorden komen bij die van het blok; met say in plaats van say-also komen ze ervoor in de plaats.",
        "at is wanneer: 45s na het begin. Of -20s, voor het einde, of 40%. [2s] is een stilte van twee tellen.",
    ),
    replaced="Met say staat er in een blok alleen wat jij zegt.",
    said={
        "check-in": "Fijn dat je er bent. Welk getal heeft je spanning, van één tot tien? Onthoud het, en ga wandelen.",
        "settle": "Laat het wandelen nu een drafje worden, zo rustig dat je er nog bij zou kunnen praten.",
        "breathing": "Adem drie stappen in, en drie stappen uit. Verder hoeft er niets.",
        "ticking": "Zet bij elke tik een voet neer. Adem drie stappen in, en drie uit. De tikken gaan zo weg.",
        "listening": "Luister nu naar wat er om je heen is. Ik ben een hele tijd stil.",
        "walk-out": "Laat je draf overgaan in wandelen. Steeds wat trager, met je oren nog open.",
        "reflect": "Welk getal heeft je spanning nu? Voel wat er lichter is, en drink straks wat water.",
    },
    just_running="Gewoon lopen",
    easy_between="Rustig",
)

_FEW = r"(?:(?!niet |geen |nooit |zonder )\w+ ){0,2}"

_AILMENTS = (
    r"stress|angst(?:en)?|depressies?|burn-?outs?|zorgen|pijn(?:en)?|klachten|hoofdpijn|"
    r"slapeloosheid|somberheid|vermoeidheid"
)

_AILMENT = rf"(?:{_AILMENTS})"

GOAL_LEXICON = GoalLexicon(
    denial=re.compile(
        r"\b(?:geen|niet|nooit|niets|niks|niemand|nergens|zonder|hoef\w*|vergeet|vergeten|loslaten|losgelaten)\b"
        r"|\blaat\b.*\blos\b|\bin plaats van\b|\bdoe(?:t|n) er niet toe\b",
        re.IGNORECASE,
    ),
    perhaps=re.compile(
        r"\b(?:misschien|wie weet|soms|kan|kun|kunt|kunnen|mag|mogen|zou|wellicht|voel|laat|merk|stel)\b", re.IGNORECASE
    ),
    instead="'Misschien merk je dat het wat rustiger wordt'",
    phrases=(
        *make_phrases(
            "distance",
            {
                "kilometer": r"(?:halve |hele )?kilometer(?:s|tjes?)?",
                "km": r"(?:\d+(?:[.,]\d+)?\s?)?km",
                "meter": rf"meters? (?:te gaan|gelopen|afgelegd)|(?:loop|ren|nog) {_FEW}meters?",
                "mijl": r"mijl(?:en)?",
                "afstand": r"(?:jouw|totale|afgelegde|gelopen) afstand|afstand(?:en)? (?:afleggen|afgelegd|gelopen)",
            },
        ),
        *make_phrases(
            "pace",
            {
                "/": r"km/u(?:ur)?|km/h|min(?:uten)?/km",
                "tempo": (
                    r"(?:hoger|hoog|sneller|strakk?e?|stevige?|vlott?e?r?)(?:e|er)? tempo"
                    r"|(?:streef|doel|wedstrijd|race)tempo|tempoloop"
                    rf"|tempo {_FEW}(?:omhoog|opvoeren|verhogen|vasthouden|aanhouden|maken|vast|op)"
                    r"|(?:verhoog|houd|hou) (?:je|dit|dat|het) tempo(?! (?:\w+ )?(?:rustig|laag|zacht|kalm|makkelijk))"
                    r"|tempo van \d[\d:.,]*"
                ),
                "snelheid": r"(?:je|jouw|meer|hoge|hogere|gemiddelde) snelheid|topsnelheid|snelheid maken",
                "sneller": rf"(?:loop|ren|ga|lopen|rennen) {_FEW}sneller|sneller (?:lopen|rennen)",
                "versnel": r"versnel",
                "tussentijd": r"tussentijden|(?:je|jouw|snelle) tussentijd",
            },
        ),
        *make_phrases(
            "records",
            {
                "record": r"(?:\w+)?records?|recordpoging(?:en)?|recordtijd(?:en)?",
                "pr": r"(?-i:PR)(?:'?s)?",
                "tijd": r"(?:(?:je|jouw) beste|snelste|scherpe|scherpere) tijd(?:en)?|(?:eind|streef)tijd(?:en)?",
                "prest": r"prestaties?|presteren|presteert?|prestatiedrang",
                "wedstrijd": r"wedstrijd(?:en)?",
                "vers": rf"(?:versla|verslaan) {_FEW}(?:tijd|jezelf|record|anderen)",
                "verbeter": rf"(?:verbeter|verbeteren) (?:je|jouw) {_FEW}(?:tijd|record|conditie)",
                "win": r"(?:te )winnen|win (?:het|de|deze)",
            },
        ),
        *make_phrases(
            "calories",
            {
                "calorie": r"(?:kilo)?calorie(?:ën|s)?",
                "kcal": r"kcal",
                "vet": rf"vetverbranding|vet(?:ten)? (?:te )?verbrand(?:en|t)?|verbrand(?:t|en)? {_FEW}vet(?:ten)?",
                "verbrand": rf"verbrand(?:t|en)? {_FEW}(?:energie|calorie(?:ën)?)",
                "val": r"om (?:wat )?af te vallen|(?:wil|wilt|willen|helpt bij|helpt met) afvallen|val je af",
                "kilo": r"kilo(?:'s)? (?:kwijt|lichter|eraf|minder)|overtollige kilo's",
                "gewicht": rf"gewicht (?:verliezen|kwijt|kwijtraken)|gewichtsverlies|verlies {_FEW}gewicht",
            },
        ),
        *make_phrases(
            "goals",
            {
                "doel": (
                    r"(?:je|jouw|dag|week|nieuwe?|vandaag je|ons) ?doel(?:en)?|doelstelling(?:en)?"
                    r"|streefdoel(?:en)?|doel (?:te )?(?:halen|bereiken|bereikt|gehaald)"
                    rf"|(?:haal|bereik) {_FEW}doel"
                ),
                "stre": r"streef(?:t)? (?:er)?naar|streven naar",
                "target": r"targets?",
            },
        ),
        *make_phrases(
            "effort",
            {
                "alles": r"geef (?:nu )?alles(?: wat je hebt)?(?=[.,!]|$)|alles (?:te )?geven",
                "uiterste": r"tot het uiterste(?! (?:punt|top|rand))|het uiterste uit jezelf",
                "sprint": r"sprint(?:en|je|jes)?|eindsprint",
                "harder": rf"(?:loop|ren|ga|duw|push) {_FEW}harder|harder (?:lopen|rennen)",
                "kracht": r"(?:op |met )volle kracht",
                "bijt": r"bijt (?:even )?door|doorbijten|verbijt \w+ pijn|verbijten",
                "zet": r"zet (?:nog )?(?:even )?door|doorzetten",
                "op": r"geef niet op|niet opgeven",
                "verleg": r"verleg (?:je|jouw) (?:eigen )?gren(?:s|zen)",
                "push": r"push(?:en|t)?",
            },
        ),
        *make_phrases(
            "cure",
            {
                "gene": r"genees|geneest|genezen|genezing|geneeskrachtige?",
                "garan": r"garandeert?|gegarandeerde?|garantie",
                "van": (
                    rf"(?:verlost|bevrijdt) (?:je|jou) {_FEW}van {_FEW}{_AILMENT}"
                    rf"|van (?:je|jouw|al je) {_AILMENT} (?:af|verlost|bevrijd)"
                ),
                "nooit meer": rf"nooit meer {_FEW}(?:moe|somber|gespannen|gestrest|bang|piekeren|{_AILMENTS})",
                "tegen": rf"(?:helpt|werkt|goed) (?:\w+ )?tegen {_FEW}{_AILMENT}",
                "verdwijn": (
                    rf"{_AILMENT} (?:\w+ )?(?:verdwijnt|verdwijnen)"
                    rf"|verdwijn(?:t|en) (?:je|jouw|al je|alle) {_AILMENT}"
                ),
                "weg": rf"{_AILMENT} (?:is|zijn) (?:\w+ )?weg|neemt (?:je|jouw|al je|alle) {_AILMENT} weg",
                "zul": (
                    rf"(?:je zult|zul je) (?:je )?{_FEW}(?:beter|gelukkiger|gelukkig|rustiger|rustig|ontspannen)"
                    r" (?:voelen|zijn|worden)"
                ),
                "wonder": r"wondermiddel(?:en)?",
                "stressvrij": r"stressvrije?",
            },
        ),
    ),
)

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "may-last": ("mag-duren", "kan-duren", "mag-zijn"),
    "lasts": ("duur", "duurt", "lengte", "tijd", "tijdsduur", "minuten"),
    "length": ("duur", "lengte", "tijd", "tijdsduur", "totaal"),
    "title": ("titel", "naam", "kop"),
    "about": ("over", "omschrijving", "beschrijving", "uitleg"),
    "author": ("auteur", "schrijver", "maker", "artiest"),
    "album": ("reeks", "serie", "cursus"),
    "track": ("nummer", "volgnummer"),
    "year": ("jaar", "jaartal"),
    "language": ("taal",),
    "form": ("vorm", "soort"),
    "cadence": ("cadans", "ritme", "pasfrequentie", "stapfrequentie", "tempo"),
    "breath": ("adem", "ademhaling"),
    "sounds": ("geluiden", "geluid", "klanken"),
    "levels": ("niveaus", "volume", "volumes", "sterkte"),
    "voice": ("stem",),
    "bells": ("gongen", "bellen", "bel", "gong"),
    "values": ("waarden", "waardes", "variabelen"),
    "round": ("ronde",),
    "rounds": ("rondes",),
    "left": ("resterend", "resteert"),
    "elapsed": ("verstreken",),
    "next": ("volgende",),
    "minutes": ("minuten",),
    "say-as": ("uitspraak", "zeg-als"),
    "blocks": ("blokken", "onderdelen", "delen"),
    "say": ("zeg", "zeggen", "tekst", "spreek", "woorden"),
    "say-also": ("zeg-ook", "ook"),
    "text": ("tekst", "woorden"),
    "at": ("op", "om", "bij", "moment", "tijd", "tijdstip"),
    "after": ("na", "daarna"),
    "every": ("elke", "iedere"),
    "level": ("niveau",),
    "clip": ("opname", "bestand"),
    "ticks": ("tikken", "tik"),
    "tick": ("tik", "tikken"),
    "bell": ("gong", "klok"),
    "bed": ("achtergrond", "achtergrondgeluid"),
    "breath-sound": ("ademgeluid",),
    "parts": ("delen", "onderdelen", "lichaamsdelen"),
    "repeat": ("herhaal", "herhaling", "herhalen"),
    "times": ("keer", "keren", "aantal", "maal"),
    "use": ("gebruik",),
    "check-in": ("inchecken",),
    "settle": ("inlopen", "opwarmen", "warming-up"),
    "breathing": ("ademen", "ademhaling", "ademhalen"),
    "breathe": ("ademrust", "ademoefening", "stilstaan"),
    "body-scan": ("bodyscan", "lichaamsscan"),
    "shoulder-release": ("schouders", "ontspannen"),
    "noticing": ("opmerken",),
    "listening": ("luister",),
    "talk-test": ("praattest",),
    "easy": ("rustig", "lopen", "hardlopen", "joggen", "rennen", "draf", "dribbelen", "pauze"),
    "brisk": ("vlot", "versnellen", "versnelling", "snel", "tempo"),
    "silence": ("stil", "rust", "pauze"),
    "walk": ("wandel", "wandelpauze"),
    "walk-out": ("uitlopen", "cooling-down"),
    "reflect": ("nabespreken", "terugkijken"),
    "stretch": ("rek", "stretchen"),
    "free": ("vrij",),
    "crown": ("kruin", "hoofd"),
    "forehead": ("voorhoofd",),
    "jaw": ("kaak", "kaken"),
    "neck": ("nek",),
    "shoulders": ("schouders", "schouder"),
    "hands": ("handen", "hand"),
    "belly": ("buik",),
    "back": ("rug",),
    "hips": ("heupen", "heup"),
    "knees": ("knieën", "knieen", "knie"),
    "feet": ("voeten", "voet"),
    "chest": ("borst",),
    "start": ("begin",),
    "end": ("einde", "eind"),
    "both": ("beide", "allebei"),
    "none": ("geen", "niets"),
    "essential": ("belangrijk", "noodzakelijk"),
    "guide": ("gewoon",),
    "long": ("lang",),
    "intervals": ("intervallen",),
    "other": ("anders",),
    "nl": ("nederlands", "nederlandse", "vlaams"),
    "en": ("engels", "engelse"),
    "bowl": ("klankschaal", "schaal", "zangschaal"),
    "chime": ("klokje", "belletje"),
    "wood": ("hout", "houtblok"),
    "click": ("klik",),
    "drum": ("trom", "trommel"),
    "step": ("stap", "voetstap"),
    "air": ("lucht",),
    "wave": ("golf", "golven"),
    "rain": ("regen",),
    "forest": ("bos", "woud", "vogels"),
    "sea": ("zee", "branding"),
}
