"""Dutch abbreviations, as they are written, and what they are read as."""


def _inflect(adjective: str) -> str:
    return adjective.replace("aal", "ale") if adjective.endswith("aal") else f"{adjective}e"


_MONTHS = {
    "jan": "januari", "feb": "februari", "febr": "februari", "mrt": "maart", "apr": "april", "aug": "augustus",
    "sept": "september", "sep": "september", "okt": "oktober", "nov": "november", "dec": "december",
}  # fmt: skip
_IN_MONTHS = {
    f"{before} {short}.": f"{before} {month}"
    for short, month in _MONTHS.items()
    for before in ("in", "begin", "eind", "half", "sinds")
}

# What is measured: with an adjective that ends in an e, and without.
_INFLECTED = (
    *("hartslag", "hartfrequentie", "hartfreq.", "belasting", "capaciteit", "inspanning", "intensiteit", "kracht"),
    *("snelheid", "snelh.", "afstand", "tijd", "duur", "cadans", "stapfrequentie", "paslengte", "temperatuur", "temp."),
)
_PLAIN = ("tempo", "aantal", "vermogen", "verbruik", "gewicht")
_ADJECTIVES = {"max": "maximaal", "gem": "gemiddeld"}  # min is a minute, too
_MEASURED = {
    f"{short}{stop} {noun}": f"{adjective} {noun}"
    for short, adjective in _ADJECTIVES.items()
    for stop in (".", "")
    for noun in _PLAIN
} | {
    f"{short}{stop} {noun}": f"{_inflect(adjective)} {noun}"
    for short, adjective in _ADJECTIVES.items()
    for stop in (".", "")
    for noun in _INFLECTED
}

ABBREVIATIONS = {
    **_IN_MONTHS,
    "a.d.h.v.": "aan de hand van", "a.g.v.": "als gevolg van", "a.h.v.": "aan de hand van", "a.h.w.": "als het ware",
    "a.s.": "aanstaande", "a.u.b.": "alsjeblieft", "a/d": "aan de", "a/h": "aan het", "aanm.": "aanmelden",
    "aant.": "aantal", "ademh.": "ademhaling", "afb.": "afbeelding", "afd.": "afdeling", "afst.": "afstand",
    "alg.": "algemeen", "ass.": "assistent", "b.g.g.": "bij geen gehoor", "b.v.": "bijvoorbeeld",
    "begel.": "begeleiding", "beh.": "behandeling", "behand.": "behandeling", "bijl.": "bijlage",
    "bijv": "bijvoorbeeld", "bijv.": "bijvoorbeeld", "bijz.": "bijzonder", "blz.": "bladzijde", "bv": "bijvoorbeeld",
    "bv.": "bijvoorbeeld", "bvb": "bijvoorbeeld", "bvb.": "bijvoorbeeld", "c.q.": "of", "ca": "ongeveer",
    "ca.": "ongeveer", "cat.": "categorie", "cf.": "vergelijk", "cq": "of", "d.a.v.": "daaropvolgend", "d.d.": "van",
    "d.i.": "dat is", "d.m.v.": "door middel van", "d.w.z.": "dat wil zeggen", "dagel.": "dagelijks",
    "deeln.": "deelnemers", "dgl.": "dergelijke", "dhr.": "meneer", "div.": "diverse", "dr.": "dokter",
    "drib.": "dribbelen", "dribb.": "dribbelen", "drs.": "doctorandus", "ds.": "dominee", "duurl.": "duurloop",
    "e.a.": "en anderen", "e.d.": "en dergelijke", "e.e.a.": "een en ander", "e.o.": "en omgeving",
    "e.v.": "en volgende", "e.v.a.": "en vele anderen", "een paar min": "een paar minuten",
    "een paar sec": "een paar seconden", "en/of": "en of", "enz": "enzovoort", "enz.": "enzovoort", "enzo.": "enzo",
    "etc": "enzovoort", "etc.": "enzovoort", "evt": "eventueel", "evt.": "eventueel", "excl.": "exclusief",
    "ext.": "extensieve", "fam.": "familie", "ff": "even", "fysioth.": "fysiotherapie", "geb.": "geboren",
    "gem": "gemiddeld", "gem.": "gemiddeld", "gevoelstemp.": "gevoelstemperatuur", "gwn": "gewoon",
    "haar/hem": "haar of hem", "haar/zijn": "haar of zijn", "hartfreq.": "hartfrequentie", "hartsl.": "hartslag",
    "hem/haar": "hem of haar", "herh.": "herhalingen", "herst.": "herstel", "hfdst.": "hoofdstuk",
    "hij/zij": "hij of zij", "huisw.": "huiswerk", "i.c.m.": "in combinatie met", "i.f.v.": "in functie van",
    "i.g.v.": "in geval van", "i.h.a.": "in het algemeen", "i.h.b.": "in het bijzonder",
    "i.h.k.v.": "in het kader van", "i.i.g.": "in ieder geval", "i.o.m.": "in overleg met",
    "i.o.v.": "in opdracht van", "i.p.v.": "in plaats van", "i.s.m.": "in samenwerking met",
    "i.t.t.": "in tegenstelling tot", "i.v.m.": "in verband met", "i/d": "in de", "i/h": "in het", "idd": "inderdaad",
    "iem.": "iemand", "incl.": "inclusief", "indiv.": "individueel", "inl.": "inlopen", "inschr.": "inschrijven",
    "instr.": "instructie", "int.": "intensieve", "intens.": "intensief", "interv.": "interval", "ir.": "ingenieur",
    "jl.": "jongstleden", "km's": "kilometers", "L/R": "links, rechts", "li": "links", "li & re": "links en rechts",
    "li + re": "links en rechts", "li en re": "links en rechts", "li.": "links", "li/re": "links, rechts",
    "m.a.w.": "met andere woorden", "m.b.t.": "met betrekking tot", "m.b.v.": "met behulp van",
    "m.h.o.": "met het oog op", "m.i.": "mijns inziens", "m.i.v.": "met ingang van", "m.m.v.": "met medewerking van",
    "m.n.": "met name", "m.u.v.": "met uitzondering van", "m.v.g.": "met vriendelijke groet",
    **_MEASURED,
    "mevr.": "mevrouw", "mob.": "mobiel", "mr.": "meester", "mss": "misschien", "mvg": "met vriendelijke groet",
    "mw.": "mevrouw", "n.a.v.": "naar aanleiding van", "N.B.": "let op", "n.b.": "let op", "n.C.": "na Christus",
    "n.o.t.k.": "nader overeen te komen", "n.t.b.": "nader te bepalen", "n.v.t.": "niet van toepassing",
    "neg.": "negatieve", "nml.": "namelijk", "nr.": "nummer", "nrs.": "nummers", "o.a.": "onder andere",
    "o.b.v.": "op basis van", "o.g.v.": "op grond van", "o.h.a.": "over het algemeen", "o.i.d.": "of iets dergelijks",
    "o.i.v.": "onder invloed van", "o.l.v.": "onder leiding van", "o.m.": "onder meer",
    "o.v.v.": "onder vermelding van", "o/d": "op de", "o/h": "op het", "oa": "onder andere", "oef": "oefening",
    "oef.": "oefening", "oefn.": "oefeningen", "ong.": "ongeveer", "opdr.": "opdracht", "opm.": "opmerking",
    "opw.": "opwarming", "p.b.": "per been",
    "p/b": "per been", "p.d.": "per dag", "p.j.": "per jaar", "p.k.": "per kant", "p.n.": "per nacht",
    "p.p.": "per persoon", "p.s.": "postscriptum", "P.S.": "postscriptum", "p.st.": "per stuk", "p.u.": "per uur",
    "p.w.": "per week", "p.z.": "per zijde", "p/a": "per adres", "p/d": "per dag", "p/j": "per jaar",
    "p/jr": "per jaar", "p/k": "per kant", "p/m": "per maand", "p/mnd": "per maand", "p/n": "per nacht",
    "p/p": "per persoon", "p/s": "per seconde", "p/st": "per stuk", "p/u": "per uur", "p/w": "per week",
    "p/wk": "per week", "p/z": "per zijde", "pat.": "patiënt", "per u": "per uur", "plm.": "ongeveer",
    "plus/min": "ongeveer", "prof.": "professor", "prov.": "provincie", "psych.": "psycholoog", "pz.": "pauze",
    "R/L": "rechts, links", "re.": "rechts", "re/li": "rechts, links", "rek.nr.": "rekeningnummer",
    "resp": "respectievelijk", "resp.": "respectievelijk", "ri.": "richting", "s.v.p.": "alsjeblieft",
    "snelh.": "snelheid", "spec.": "speciaal", "sws": "sowieso", "t.a.v.": "ten aanzien van",
    "t.b.v.": "ten behoeve van", "t.e.m.": "tot en met", "t.g.v.": "ten gevolge van", "t.h.v.": "ter hoogte van",
    "t.m.": "tot en met", "t.n.v.": "ten name van", "t.o.v.": "ten opzichte van", "t.p.v.": "ter plaatse van",
    "t.w.": "te weten", "t.w.v.": "ter waarde van", "t.z.t.": "te zijner tijd", "t/m": "tot en met",
    "techn.": "technisch", "tel.": "telefoon", "tel. nr.": "telefoonnummer", "tel.nr.": "telefoonnummer",
    "telnr.": "telefoonnummer", "temp.": "temperatuur", "therap.": "therapie", "tm": "tot en met",
    "toel.": "toelichting", "tss.": "tussen", "tst.": "toestel", "uitl.": "uitlopen", "uitsl.": "uitslag",
    "v.a.": "vanaf", "v.C.": "voor Christus", "v.d.": "van de", "v.e.": "van een", "v.h.": "van het",
    "v.l.n.r.": "van links naar rechts", "v.v.": "vice versa", "v.w.b.": "voor wat betreft", "v/d": "van de",
    "v/h": "van het", "va.": "vanaf", "vb.": "voorbeeld", "vd": "van de", "verd.": "verdieping",
    "versn.": "versnelling", "vgl.": "vergelijk", "vlg.": "volgens", "vlgs.": "volgens", "vnl.": "voornamelijk",
    "voorb.": "voorbeeld", "voorl.": "voorlopig", "vs": "versus", "vs.": "versus", "w.b.": "wat betreft",
    "w.o.": "waaronder", "w.v.": "waarvan", "wekel.": "wekelijks", "wk.gem.": "weekgemiddelde", "wknd": "weekend",
    "wsch.": "waarschijnlijk", "wss": "waarschijnlijk", "z.g.": "zogenaamd", "z.g.a.n.": "zo goed als nieuw",
    "z.i.": "zijns inziens", "z.n.": "zo nodig", "z.o.z.": "zie ommezijde", "z.s.m.": "zo snel mogelijk",
    "zgn": "zogenaamd", "zgn.": "zogenaamd", "zij/hij": "zij of hij", "zijn/haar": "zijn of haar",
    "zkh.": "ziekenhuis", "zn.": "zo nodig",
}  # fmt: skip

_DAYS = {"ma": "maan", "di": "dins", "wo": "woens", "do": "donder", "vr": "vrij", "za": "zater", "zo": "zon"}
_DAY_PARTS = {
    f"{short}{gap}{part}": f"{day}dag{part}"
    for short, day in _DAYS.items()
    for gap in (".", " ", ". ", "-")
    for part in ("avond", "ochtend", "middag")
}

CAPITALS = {
    **_DAY_PARTS, **{short.capitalize(): said.capitalize() for short, said in _DAY_PARTS.items()},
    **dict.fromkeys(("HF", "HS", "HR"), "hartslag"),
    **{
        f"{write(short)}{stop} {rate}": f"{write(_inflect(adjective))} hartslag"
        for short, adjective in _ADJECTIVES.items()
        for write in (str, str.capitalize)
        for stop in (".", "")
        for rate in ("HF", "HS", "HR")
    },
    "HFmax": "maximale hartslag", "HFrust": "rusthartslag", "HSmax": "maximale hartslag", "HRmax": "maximale hartslag",
    "VO2max": "VO2 max", "St.": "Sint", "WOII": "Wereldoorlog Twee", "WO I": "Wereldoorlog Eén",
    "WO II": "Wereldoorlog Twee", "WOI": "Wereldoorlog Eén",
}  # fmt: skip

NUMBERED = {
    "#": "nummer", "afl.": "aflevering", "art.": "artikel", "blk.": "blok", "blz": "bladzijde", "blz.": "bladzijde",
    "dl.": "deel", "etg.": "etage", "fig.": "figuur", "gr.": "groep", "hfdst": "hoofdstuk", "hfst": "hoofdstuk",
    "hfst.": "hoofdstuk", "huisnr.": "huisnummer", "ing.": "ingang", "kl.": "klas", "kmr.": "kamer", "lok.": "lokaal",
    "lvl": "level", "mod.": "module", "no": "nummer", "no.": "nummer", "nr": "nummer", "nr.": "nummer",
    "n°": "nummer", "opg.": "opgave", "p.": "pagina", "pag.": "pagina", "par.": "paragraaf", "pp.": "pagina's",
    "rnd": "ronde", "rnd.": "ronde", "sess.": "sessie", "sp.": "spoor", "tab.": "tabel", "v.": "van", "wk": "week",
    "wk.": "week", "wkn": "weken",
}  # fmt: skip

# What may end a sentence, so that a capital after its stop begins one; after others it begins a name.
CLOSING = frozenset(
    {
        "enz.",
        "etc.",
        "e.a.",
        "e.d.",
        "o.i.d.",
        "n.v.t.",
        "z.s.m.",
        "s.v.p.",
        "a.u.b.",
        "p.s.",
        "n.b.",
        "herh.",
        "deeln.",
        "verd.",
        "li.",
        "re.",
    }
    | set(map(str.casefold, _IN_MONTHS))
    | {key for key, said in ABBREVIATIONS.items() if said.startswith("per ")}
)

# What is a word, too, so that its stop may be that of a sentence.
ALSO_WORDS = frozenset({"tel.", "oef.", "bijl.", "pat.", "tab."})
