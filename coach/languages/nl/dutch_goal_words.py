"""How Dutch speaks of pace, goals and cures."""

import re

from coach.languages.goal_lexicon import Lexicon, phrases

_FEW = r"(?:(?!niet |geen |nooit |zonder )\w+ ){0,2}"

_AILMENTS = (
    r"stress|angst(?:en)?|depressies?|burn-?outs?|zorgen|pijn(?:en)?|klachten|hoofdpijn|"
    r"slapeloosheid|somberheid|vermoeidheid"
)

_AILMENT = rf"(?:{_AILMENTS})"

LEXICON = Lexicon(
    denial=re.compile(
        r"\b(?:geen|niet|nooit|niets|niks|niemand|nergens|zonder|hoef\w*|vergeet|vergeten|loslaten|losgelaten)\b"
        r"|\blaat\b.*\blos\b|\bin plaats van\b|\bdoe(?:t|n) er niet toe\b",
        re.IGNORECASE,
    ),
    perhaps=re.compile(
        r"\b(?:misschien|wie weet|soms|kan|kun|kunt|kunnen|mag|mogen|zou|wellicht|voel|laat|merk|stel)\b", re.IGNORECASE
    ),
    phrases=(
        *phrases(
            "distance",
            {
                "kilometer": r"(?:halve |hele )?kilometer(?:s|tjes?)?",
                "km": r"(?:\d+(?:[.,]\d+)?\s?)?km",
                "meter": rf"meters? (?:te gaan|gelopen|afgelegd)|(?:loop|ren|nog) {_FEW}meters?",
                "mijl": r"mijl(?:en)?",
                "afstand": r"(?:jouw|totale|afgelegde|gelopen) afstand|afstand(?:en)? (?:afleggen|afgelegd|gelopen)",
            },
        ),
        *phrases(
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
        *phrases(
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
        *phrases(
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
        *phrases(
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
        *phrases(
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
        *phrases(
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
