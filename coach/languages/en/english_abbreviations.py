"""English abbreviations, as they are written, and what they are read as."""

ABBREVIATIONS = {
    "a few min": "a few minutes", "a few sec": "a few seconds", "a.k.a.": "also known as",
    "a.s.a.p.": "as soon as possible", "addl.": "additional", "adv.": "advanced", "alt.": "alternate",
    "amt.": "amount", "and/or": "and or", "appr.": "about", "approx": "about", "approx.": "about",
    "appt.": "appointment", "appx.": "appendix", "asap": "as soon as possible", "asst.": "assistant",
    "attn.": "attention", "avg": "average", "avg.": "average", "b/c": "because", "b/t": "between", "b/w": "between",
    "bldg.": "building", "btw": "by the way", "btwn": "between", "c/d": "cool down", "c/o": "care of", "ca.": "about",
    "cf.": "compare", "chap.": "chapter", "cont'd": "continued", "cont.": "continued", "ctr.": "centre",
    "dept.": "department", "dist.": "distance", "Dr.": "Doctor", "e.g.": "for example", "ea.": "each",
    "eg": "for example", "eg.": "for example", "elev.": "elevation", "equiv.": "equivalent", "esp": "especially",
    "esp.": "especially", "est.": "estimated", "et al.": "and others", "etc": "and so on", "etc.": "and so on",
    "excl": "excluding", "excl.": "excluding", "f/u": "follow up", "freq.": "frequency", "fwd": "forward",
    "grp.": "group", "he/she": "he or she", "her/his": "her or his", "him/her": "him or her", "his/her": "his or her",
    "hosp.": "hospital", "i.e.": "that is", "ie": "that is", "ie.": "that is", "incl": "including",
    "incl.": "including", "indiv.": "individual", "intl.": "international", "intro.": "introduction",
    "L/R": "left, right", "loc.": "location", "mgmt": "management", "mgmt.": "management", "misc.": "miscellaneous",
    "mod.": "moderate", "Mr.": "Mister", "Mrs.": "Missis", "Ms.": "Miz", "mtg": "meeting", "mtg.": "meeting",
    "mvmt": "movement", "mvmt.": "movement", "N.B.": "note", "n.b.": "note", "opt.": "optional", "orig.": "original",
    "p.s.": "postscript", "P.S.": "postscript", "p/p": "per person", "pls": "please", "plz": "please",
    "ppl": "people", "prev.": "previous", "prob.": "probably", "Prof.": "Professor", "qty.": "quantity",
    "R/L": "right, left", "rec'd": "received", "rec.": "recovery", "reg.": "regular", "req.": "required",
    "resp.": "respectively", "rpt": "repeat", "rpt.": "repeat", "s/he": "she or he", "sched.": "scheduled",
    "she/he": "she or he", "std.": "standard", "tel.": "telephone", "temp.": "temperature", "thru": "through",
    "thx": "thanks", "tmrw": "tomorrow", "univ.": "university", "usu.": "usually", "viz.": "namely", "vs": "versus",
    "vs.": "versus", "w/": "with", "w/in": "within", "w/o": "without", "w/out": "without", "w/u": "warm up",
    "wkly": "weekly", "wknd": "weekend", "wt.": "weight",
}  # fmt: skip

NUMBERED = {
    "no.": "number", "nos.": "numbers", "nr.": "number", "nr": "number", "n°": "number", "#": "number",
    "p.": "page", "pg.": "page", "pp.": "pages", "Hwy": "highway", "Rt.": "route", "Rte.": "route", "ch.": "chapter",
    "fig.": "figure", "vol.": "volume", "v.": "verse", "vv.": "verses", "ep.": "episode", "wk": "week",
    "wk.": "week", "wks": "weeks", "mi": "mile", "ex.": "exercise", "yr": "year",
    "apt.": "apartment", "apt": "apartment", "ext.": "extension", "rm.": "room",
}  # fmt: skip
