"""English abbreviations, as they are written, and what they are read as."""

_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Aug": "August", "Sep": "September",
    "Sept": "September", "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip
_IN_MONTHS = {
    f"{before} {short}.": f"{before} {month}"
    for short, month in _MONTHS.items()
    for before in ("in", "since", "early", "late", "until")
}

ABBREVIATIONS = {
    **_IN_MONTHS,
    "# of": "number of", "a few min": "a few minutes", "a few sec": "a few seconds", "a.k.a.": "also known as",
    "a.s.a.p.": "as soon as possible", "abt": "about", "abt.": "about", "addl.": "additional", "adv.": "advanced",
    "alt.": "alternate", "amt.": "amount", "and/or": "and or", "appr.": "about", "approx": "about",
    "approx.": "about", "appt": "appointment", "appt.": "appointment", "appts": "appointments", "appx.": "appendix",
    "asap": "as soon as possible", "asst.": "assistant", "attn.": "attention", "av.": "average", "avg": "average",
    "avg.": "average", "b/c": "because", "b/t": "between", "b/w": "between", "b4": "before", "bldg.": "building",
    "btw": "by the way", "btwn": "between", "c/d": "cool down", "c/o": "care of", "ca.": "about", "cf.": "compare",
    "chap.": "chapter", "cont'd": "continued", "cont.": "continued", "ctr.": "centre", "decr.": "decrease",
    "dept": "department", "dept.": "department", "dist.": "distance", "Dr.": "Doctor", "e.g.": "for example",
    "ea.": "each", "eg": "for example", "eg.": "for example", "elev.": "elevation", "entr.": "entrance",
    "equiv.": "equivalent", "esp": "especially", "esp.": "especially", "est.": "estimated", "et al.": "and others",
    "etc": "and so on", "etc.": "and so on", "excl": "excluding", "excl.": "excluding", "ez": "easy",
    "f/u": "follow up", "freq.": "frequency", "fwd": "forward", "grp.": "group", "he/she": "he or she",
    "her/his": "her or his", "him/her": "him or her", "his/her": "his or her", "hosp.": "hospital", "hvy": "heavy",
    "i.e.": "that is", "ie": "that is", "ie.": "that is", "incl": "including", "incl.": "including",
    "incr.": "increase", "indiv.": "individual", "intl.": "international", "intro.": "introduction",
    "L/R": "left, right", "loc.": "location", "max. distance": "maximum distance", "max. effort": "maximum effort",
    "max. heart rate": "maximum heart rate", "max. intensity": "maximum intensity", "max. number": "maximum number",
    "max. of": "maximum of", "max. pace": "maximum pace", "max. power": "maximum power",
    "max. speed": "maximum speed", "mgmt": "management", "mgmt.": "management", "min. of": "minimum of",
    "misc.": "miscellaneous", "mod.": "moderate", "Mr.": "Mister", "Mrs.": "Missis", "Ms.": "Miz", "mtg": "meeting",
    "mtg.": "meeting", "mvmt": "movement", "mvmt.": "movement", "N.B.": "note", "n.b.": "note", "no. of": "number of",
    "opt.": "optional", "orig.": "original", "p.s.": "postscript", "P.S.": "postscript", "p/p": "per person",
    "pls": "please", "plz": "please", "ppl": "people", "prev.": "previous", "prob.": "probably", "Prof.": "Professor",
    "P.T.O.": "please turn over", "qty.": "quantity", "R/L": "right, left", "rec'd": "received", "rec.": "recovery",
    "recov.": "recovery",
    "reg. opens": "registration opens", "reg. closes": "registration closes",
    "reg. is": "registration is", "reg. by": "registration by", "reg. starts": "registration starts",
    "rest wk": "rest week", "recovery wk": "recovery week",
    "reg.": "regular", "req.": "required", "resp.": "respectively", "rgds": "regards", "rpt": "repeat",
    "rpt.": "repeat", "s/he": "she or he", "sched.": "scheduled", "she/he": "she or he", "std.": "standard",
    "sugg.": "suggested", "tel.": "telephone", "temp.": "temperature", "thru": "through", "thx": "thanks",
    "tmrw": "tomorrow", "tmw": "tomorrow", "univ.": "university", "usu.": "usually", "viz.": "namely", "vs": "versus",
    "vs.": "versus", "w/": "with", "w/in": "within", "w/o": "without", "w/out": "without", "w/u": "warm up",
    "wkly": "weekly", "wknd": "weekend", "wt.": "weight",
}  # fmt: skip

NUMBERED = {
    "#": "number", "apt": "apartment", "apt.": "apartment", "blk.": "block", "ch.": "chapter", "diag.": "diagram",
    "ep.": "episode", "ex.": "exercise", "exs.": "exercises", "ext.": "extension", "fig.": "figure", "gr.": "grade",
    "Hwy": "highway", "int.": "interval", "km.": "kilometre", "ln.": "lane", "lvl": "level", "lvl.": "level",
    "mi": "mile", "mi.": "mile", "no.": "number", "nos.": "numbers", "nr": "number", "nr.": "number", "n°": "number",
    "p.": "page", "para.": "paragraph", "pg.": "page", "pp.": "pages", "pt.": "part", "rd": "round",
    "rev.": "revision", "rm.": "room", "rnd": "round", "rnd.": "round", "Rt.": "route", "Rte.": "route",
    "sect.": "section", "sess.": "session", "stn.": "station", "tbl.": "table", "v.": "verse", "vol.": "volume",
    "vv.": "verses", "wk": "week", "wk.": "week", "wks": "weeks", "wks.": "weeks", "yr": "year",
}  # fmt: skip

# What may end a sentence, so that a capital after its stop begins one; after others it begins a name.
CLOSING = frozenset(
    {"etc.", "et al.", "p.s.", "n.b.", "a.s.a.p.", "appt.", "req.", "ea."}
    | set(map(str.casefold, _IN_MONTHS))
    | {key for key, said in ABBREVIATIONS.items() if said.startswith("per ")}
)

# What is a word, too, so that its stop may be that of a sentence.
ALSO_WORDS = frozenset({"intro.", "opt.", "temp.", "alt.", "mod.", "chap.", "prob."})
