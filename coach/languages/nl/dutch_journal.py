"""Journal words in Dutch: what the diary says, and which answers it understands.

Read a line aloud before you keep it.
"""

from collections.abc import Mapping

from coach.languages.screen_words import AnswerWords, JournalWords, Question, UnclearReason, WeekWords

_NUMBER: Mapping[UnclearReason, str] = {
    "unclear": "Dat begreep ik niet. Een getal van 1 tot 10 is genoeg, bijvoorbeeld 6.",
    "beyond": "De schaal loopt van 1, helemaal rustig, tot 10. Welk getal komt het dichtst in de buurt?",
    "several": "Kies één heel getal. Het eerste dat in je opkomt is goed.",
}

WEEK = WeekWords(
    week="Week {number}, {first} tot en met {last}",
    days=("ma", "di", "wo", "do", "vr", "za", "zo"),
    months=(
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    before="ervoor",
    after="erna",
    minutes="{minutes} min",
    none_now="Nog niet gelopen deze week, en dat is prima. Heb je een keer twintig minuten over, dan is dat genoeg.",
    none_then="In deze week heb je niet gelopen. Ook dat mag.",
    kept=(
        "Eén keer gelopen. Elke keer telt, en het hoeft niet meer te zijn.",
        "Twee keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard.",
        "Drie keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard.",
        "Vier keer gelopen. Mooi. Twee of drie keer is ook genoeg.",
        "Vaker dan vier keer gelopen. Gun je lijf ook eens een dag rust: in de rust wordt het sterker.",
    ),
    tension="Je spanning: {before} ervoor, {after} erna.",
    tensions="Je spanning, gemiddeld: {before} ervoor, {after} erna.",
    no_title="Een loop",
)

JOURNAL = JournalWords(
    welcome="Fijn dat je er bent. Een paar korte vragen vooraf. Met Enter sla je er een over.",
    tension=Question(
        asks="Hoeveel spanning voel je nu, van 1 (helemaal rustig) tot 10 (heel gespannen)?", repeats=_NUMBER
    ),
    need=Question(
        asks="Wat heb je nu nodig: 1 beweging, 2 stilte, 3 ritme of 4 frisse lucht?",
        repeats={
            "unclear": "Dat begreep ik niet. Typ een cijfer van 1 tot 4, of het woord zelf.",
            "several": "Dat kan allebei fijn zijn. Kies er één: waar heb je nu het meest aan?",
        },
    ),
    wanted=Question(
        asks="Hoeveel minuten wil je lopen? Kort of lang is ook een antwoord.",
        repeats={
            "unclear": "Dat begreep ik niet. Schrijf bijvoorbeeld 25, of een half uur.",
            "beyond": "Kies iets tussen 5 minuten en 3 uur, bijvoorbeeld 25.",
            "several": "Kies één lengte, bijvoorbeeld 25. Onderweg mag je altijd eerder uitwandelen.",
        },
    ),
    skipping="Geeft niet, die slaan we over.",
    leave="Neem een route die je kent, of een stil pad. Zet je meldingen uit.",
    back="Je bent er weer. Drink eerst een glas water.",
    tension_again=Question(asks="Hoeveel spanning voel je nu, van 1 tot 10?", repeats=_NUMBER),
    lower="Van {before} naar {after}. Neem die ruimte met je mee.",
    same="Nog steeds {after}. Ook goed: je bent gegaan, en die tijd was van jou.",
    higher="Van {before} naar {after}. Dat kan: soms merk je pas onderweg hoe gespannen je was. Doe het kalm aan.",
    lighter=Question(asks="Wat voelt lichter dan voor je ging lopen? Eén zin is genoeg.", repeats={}),
    stretch="Rek nog even zachtjes je heupen, je rug en je borst.",
    kept="Je antwoorden staan in je dagboek. Dat blijft op deze computer.",
    why={
        "fresh-air": "Frisse lucht dus: een loop tussen het groen, met weinig prikkels, voor een moe hoofd.",
        "time": "Je hebt de tijd: dan past een lange, heel rustige loop.",
        "silence": "Stilte dus: een loop met weinig woorden en bijna geen tikken, met aandacht voor je adem.",
        "late": "Er zit veel spanning in, en het is al laat: een korte, rustige loop om de dag los te laten.",
        "restless": "Er zit veel spanning in: zes lichte, vlotte minuten geven die onrust aan je benen.",
        "weekend": "Bewegen dus, en het is weekend: neem de ruimte voor een lange, heel rustige loop.",
        "movement": "Bewegen dus: een korte loop, zo rustig dat je nog makkelijk kunt praten.",
        "rhythm": "Ritme dus: een korte loop waarin je adem en je stappen samen opgaan.",
        "morning": "De dag is nog jong: een loop met weinig woorden, met aandacht voor je adem.",
        "reset": "Een korte, rustige loop, om je hoofd leeg te maken.",
    },
    fitting="Jouw loop: {title}, {minutes} minuten.",
    no_shorter="Korter dan {minutes} minuten kan {title} niet. Onderweg mag je altijd eerder uitwandelen.",
    no_longer="Langer dan {minutes} minuten kan {title} niet.",
    begin=Question(
        asks="Druk op Enter om te gaan, of typ de naam van een andere loop.",
        repeats={"unclear": "Die ken ik niet. Er zijn {names}."},
    ),
    week=WEEK,
)

ANSWERS = AnswerWords(
    skips=("sla over", "overslaan", "geen", "geen idee", "weet niet", "weet ik niet"),
    needs={
        "movement": ("b", "beweging", "bewegen"),
        "silence": ("s", "stilte", "stil"),
        "rhythm": ("r", "ritme"),
        "fresh-air": ("f", "l", "frisse", "lucht", "buitenlucht", "buiten"),
    },
    out_of_ten=("van de", "van", "op de", "op"),
    distances=("km", r"kilomet\w*", "mijl"),
    hours=("u", "uur", "uren", "uurtje"),
    minutes=("m", "min", "minuut", "minuten", "minuutjes?"),
    and_a_half=r"( uur)? en 1 hal(?:f|ve)",
    phrases={
        "anderhalf uur": 90.0,
        "5 kwartier": 75.0,
        "3 kwartier": 45.0,
        "driekwart": 45.0,
        "half": 30.0,
        "halfuur": 30.0,
        "halfuurtje": 30.0,
        "kwartier": 15.0,
        "kwartiertje": 15.0,
    },
    an_hour=("uur", "uurtje"),
    short=("kort", "korter"),
    long=("lang", "langer"),
)
