"""How Dutch speaks of pace, goals and cures."""

import re

from coach.practice.phrase import Lexicon, phrases

_FEW = r"(?:(?!niet |geen |nooit |zonder )\w+ ){0,2}"
_AILMENT = (
    r"(?:stress|angst(?:en)?|depressies?|burn-?outs?|zorgen|pijn(?:en)?|klachten|hoofdpijn|"
    r"slapeloosheid|somberheid|vermoeidheid)"
)

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
                "meter": r"meters? (?:te gaan|gelopen|afgelegd)|(?:loop|ren|nog) " + _FEW + r"meters?",
                "mijl": r"mijl(?:en)?",
                "afstand": r"(?:jouw|totale|afgelegde|gelopen) afstand|afstand(?:en)? (?:afleggen|afgelegd|gelopen)",
            },
        ),
        *phrases(
            "pace",
            {
                "km/": r"km/u(?:ur)?|km/h|min(?:uten)?/km",
                "per k": r"(?:kilometer|minuten) per (?:kilometer|uur)",
                "tempo": (
                    r"(?:hoger|hoog|sneller|strakk?e?|vast|stevige?|vlott?e?r?|goed)(?:e|er)? tempo"
                    r"|(?:streef|doel|wedstrijd|race)tempo|tempoloop|tempo (?:" + _FEW + r")"
                    r"(?:omhoog|opvoeren|verhogen|vasthouden|aanhouden|maken|vast|op)"
                    r"|(?:verhoog|houd|hou) (?:je|dit|dat|het) tempo(?! (?:\w+ )?(?:rustig|laag|zacht|kalm|makkelijk))"
                    r"|tempo van \d[\d:.,]*"
                ),
                "snelheid": r"(?:je|jouw|meer|hoge|hogere|gemiddelde) snelheid|topsnelheid|snelheid maken",
                "sneller": r"(?:loop|ren|ga|lopen|rennen) " + _FEW + r"sneller|sneller (?:lopen|rennen|dan)",
                "versnel": r"versnel|versnellen|versnelling(?:en)?",
                "tussentijd": r"tussentijd(?:en)?",
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
                "vers": r"(?:versla|verslaan) " + _FEW + r"(?:tijd|jezelf|record|anderen)",
                "verbeter": r"(?:verbeter|verbeteren) (?:je|jouw) " + _FEW + r"(?:tijd|record|conditie)",
                "win": r"(?:te )winnen|win (?:het|de|deze)",
            },
        ),
        *phrases(
            "calories",
            {
                "calorie": r"(?:kilo)?calorie(?:ën|s)?",
                "kcal": r"kcal",
                "vet": r"vetverbranding|vet(?:ten)? (?:te )?verbrand(?:en|t)?|verbrand(?:t|en)? "
                + _FEW
                + r"vet(?:ten)?",
                "verbrand": r"verbrand(?:t|en)? " + _FEW + r"(?:energie|calorie(?:ën)?)",
                "afval": r"afvallen|afgevallen",
                "kilo": r"kilo(?:'s)? (?:kwijt|lichter|eraf|minder)|overtollige kilo's",
                "gewicht": r"gewicht (?:verliezen|kwijt|kwijtraken)|gewichtsverlies|verlies " + _FEW + r"gewicht",
            },
        ),
        *phrases(
            "goals",
            {
                "doel": (
                    r"(?:je|jouw|dag|week|nieuwe?|vandaag je|ons) ?doel(?:en)?|doelstelling(?:en)?|streefdoel(?:en)?"
                    r"|doel (?:te )?(?:halen|bereiken|bereikt|gehaald)|(?:haal|bereik) " + _FEW + r"doel"
                ),
                "stre": r"streef(?:t)? (?:er)?naar|streven naar",
                "target": r"targets?",
            },
        ),
        *phrases(
            "effort",
            {
                "alles": r"geef alles|alles geven|geef het alles",
                "uiterste": r"tot het uiterste|het uiterste uit jezelf",
                "sprint": r"sprint(?:en|je|jes)?|eindsprint",
                "harder": r"(?:loop|ren|ga|duw|push) " + _FEW + r"harder|harder (?:lopen|rennen)",
                "kracht": r"(?:op |met )volle kracht",
                "bijt": r"bijt (?:even )?door|doorbijten|verbijt \w+ pijn|verbijten",
                "zet": r"zet (?:nog )?(?:even )?door|doorzetten",
                "op": r"geef niet op|niet opgeven",
                "grens": r"(?:over|verleg) (?:je|jouw) (?:eigen )?grens",
                "grenzen": r"(?:over|verleg) (?:je|jouw) (?:eigen )?grenzen",
                "push": r"push(?:en|t)?",
            },
        ),
        *phrases(
            "cure",
            {
                "gene": r"genees|geneest|genezen|genezing|geneeskrachtige?",
                "garan": r"garandeert?|gegarandeerde?|garantie",
                "van": r"(?:verlost|bevrijdt) (?:je|jou) "
                + _FEW
                + r"van "
                + _FEW
                + _AILMENT
                + r"|van (?:je|jouw|al je) "
                + _AILMENT
                + r" (?:af|verlost|bevrijd)",
                "nooit meer": r"nooit meer "
                + _FEW
                + r"(?:moe|somber|gespannen|gestrest|gestresst|bang|piekeren|"
                + _AILMENT[3:],
                "tegen": r"(?:helpt|werkt|goed) (?:\w+ )?tegen " + _FEW + _AILMENT,
                "verdwijn": _AILMENT
                + r" (?:\w+ )?(?:verdwijnt|verdwijnen)|verdwijn(?:t|en) (?:je|jouw|al je|alle) "
                + _AILMENT,
                "weg": _AILMENT + r" (?:is|zijn) (?:\w+ )?weg|neemt (?:je|jouw|al je|alle) " + _AILMENT + " weg",
                "zul": r"(?:je zult|zul je|u zult) (?:je )?"
                + _FEW
                + r"(?:beter|gelukkig|gelukkiger|rustig|rustiger|ontspannen)",
                "wonder": r"wondermiddel(?:en)?",
                "stressvrij": r"stressvrije?",
            },
        ),
    ),
)
