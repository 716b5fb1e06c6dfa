"""Number rules: each a pattern for a way to write numbers, and how that is said."""

import re
from collections.abc import Iterator

from coach.languages.number_meaning import NumberMeaning
from coach.languages.rule_set import RuleSet, Say, has_digit
from coach.languages.spoken_numbers import (
    MOST_DIGITS,
    SpokenNumbers,
    UnitNames,
    is_time,
    join_alternatives,
    join_units,
    parse_roman,
    to_size,
)

_FRACTIONS = (2, 3, 4, 5, 6, 8)
_RATES = ("bpm", "spm", "rpm", "ppm", "W", "kcal", "mph", "km/h", "km/u", "%", "°C", "°F")
_TEN, _LEAST_YEAR, _FEWEST_PHONE_DIGITS = 10, 1000, 8
_NOON, _EVENING, _SIXTY = 12, 6, 60
_NEVER = "(?!)"  # of a language in which a quantity stays plural before a noun
_YEAR = r"(?:1[1-9]|20)\d\d"


class NumberRules:
    """The rules of one language for times, numbers, Roman numerals, and the codes that are left."""

    def __init__(self, numbers: SpokenNumbers) -> None:
        self.numbers, self.forms, self.meaning = numbers, numbers.forms, NumberMeaning(forms=numbers.forms)
        thousands, point = re.escape(self.forms.thousands), re.escape(self.forms.point)
        grouped = rf"\d{{1,3}}(?:{thousands}\d{{3}})+(?!\d)(?:{point}\d+)?"
        foreign = "[.,]" if self.forms.thousands == "." else point
        self._number = rf"(?:{grouped}|\d+(?:{foreign}\d+)?)"
        self._any_number = rf"(?:{grouped}|\d+(?:[.,]\d+)?)"
        self._alone = r"(?<![\w.,:/\u2044+-])"
        self._signed = r"(?<![\w.,:/\u2044^])(?<!\d[-–])(?P<sign>[-−+]?)"
        self._ends = r"(?!\w)(?![-–/:\u2044]\d)(?![.,]\d)"
        self._names = {unit.casefold(): names for unit, names in self.forms.units.items()}
        self._rates = {names for unit, names in self.forms.units.items() if unit in _RATES}
        self._units = join_units(self.forms)
        self.numerals = RuleSet(has_digit, self._list_times, self._list_numbers)
        self.roman = RuleSet(re.compile(r"(?<!\w)[IVX]+(?!\w)").search, self._list_roman)
        self.codes = RuleSet(has_digit, self._list_codes)

    def _list_times(self) -> Iterator[tuple[str, Say]]:
        contexts, alone = self.forms.contexts, self._alone
        halves = rf"(?:{contexts.morning}|{contexts.afternoon})(?!\w)(?:\.(?=\s*$))?"
        hours, minutes, seconds = (self._join_units(unit) for unit in ("h", "min", "s"))
        yield rf"{alone}(?P<hours>\d+):(?P<minutes>\d\d):(?P<seconds>\d\d)(?![\w:])", self._say_parts
        after = rf"\s?(?P<half>{halves})|\s?(?P<unit>{self._units})(?!\w)|\s?(?P<per>/\s?(?:km|k|mi|mile|mijl))(?!\w)"
        ends = rf"(?:{after})?(?!\w|:\d)(?![.,]\d)"
        time, until = (
            r"(?P<first>\d{1,2})(?:(?P<sign>[:.])(?P<second>\d\d))?",
            r"(?P<third>\d{1,2})(?:(?P<until>[:.])(?P<fourth>\d\d))?",
        )
        yield rf"{alone}{time}\s?[-–]\s?{until}{ends}", self._say_two_times
        paced = rf"(?=\s(?:{contexts.paced})(?!\w))"
        short = r"(?P<first>\d{1,2}):(?P<second>[0-5]\d)"
        yield rf"(?<![\w.,:/+])(?<!\d-){short}{paced}", self._say_pace_time
        yield rf"(?i:(?<=\bsub-)|(?<=\bsub )){short}{ends}", self._say_pace_time
        yield rf"{alone}(?P<first>\d{{1,3}}):(?P<second>\d\d){ends}", self._say_time
        yield (
            rf"{alone}(?P<minutes>\d\d?)\.(?P<seconds>[0-5]\d)(?:\s?min)?(?=\s?(?:/|p/|per )(?:km|kilom|mi))",
            self._say_parts,
        )
        after = rf"(?:\s?(?P<half>{halves})|\s?(?:{hours}))?(?!\w)(?![.,:]\d)"
        yield rf"{alone}(?P<first>\d{{1,2}})\.(?P<second>\d\d){after}", self._say_dotted
        yield (
            rf"{alone}(?P<first>\d{{1,2}})\s?(?P<half>{halves})",
            lambda found: self._say_half_day(found, int(found["first"]), 0),
        )
        yield rf"{alone}(?P<hours>\d+)(?:{hours})(?P<minutes>\d\d)(?!\w)", self._say_parts
        minutes = rf"(?P<minutes>\d+)\s?(?:{minutes}|m)"
        seconds = rf"(?P<seconds>\d+)\s?(?:{seconds})"
        yield rf"{alone}(?P<hours>\d+)\s?(?:{hours})\s?{minutes}(?:\s?{seconds})?(?!\w)", self._say_parts
        yield rf"{alone}{minutes}\s?{seconds}(?!\w)", self._say_parts

    def _list_numbers(self) -> Iterator[tuple[str, Say]]:
        alone, ends, number = self._alone, self._ends, self._number
        contexts, counted, say = self.forms.contexts, self.forms.contexts.counted, self.numbers.say_number
        money = join_alternatives(self.forms.money)
        amount = rf"(?<!\w)(?P<sign>{money})\s?(?P<number>{self._any_number})(?:[.,]-)?(?P<more>\+)?"
        yield rf"{amount}(?!\w)(?![.,]\d)", self._say_amount
        unit = rf"(?P<unit>\s?(?:{self._units}))(?:\.(?=\s?[a-z/]))?(?!\w)"
        yield rf"{alone}(?P<chain>\d+(?:\s?[-–]\s?\d+){{2,}}|\d+(?:/\d+){{2,}})(?:{unit})?{ends}", self._say_chain
        counted_of = rf"(?i)(?P<before>(?<!\w)(?:{contexts.numbered}|{contexts.counters})\s)(?P<count>\d+)/(?P<all>\d+)"
        no_share = rf"(?!\s(?:{self._units}|{self.forms.part_of})(?!\w))"
        yield rf"{counted_of}{ends}{no_share}", rf"\g<before>\g<count> {self.forms.part_of} \g<all>"
        parts = r"(?P<count>\d+(?:[.,]\d)?)\s?(?P<stroke>[/\u2044])\s?(?P<parts>\d+)"
        yield rf"{alone}(?:(?P<whole>\d+)\s)?{parts}(?:{unit})?{ends}", self._say_stroke
        yield rf"{alone}(\d+):(\d+)(?![\w:])", lambda found: f" {self.forms.ratio} ".join(map(say, found.groups()))
        pair = rf"(?P<first>{number})\s?[-–]\s?(?P<second>{number})"
        tail = rf"(?:{unit}|(?P<counted>\s?[x×](?!\w)|(?=\s(?:[a-z]+\s)?(?:{counted})(?!\w))))?"
        yield rf"{alone}{pair}{tail}{ends}", self._say_pair
        yield rf"(?<![\w.,])(?P<number>{number})(?:\s?[x×]|X)(?!\w)", self._say_times
        yield r"(?<!\w)[x×]\s?(?=\d)", f"{self.forms.signs['×']} "
        ordinal = rf"(?<![\w.,:])(?P<number>\d{{1,3}}(?:{re.escape(self.forms.thousands)}\d{{3}})+|\d+)"
        yield rf"{ordinal}(?:{'|'.join(self.forms.ordinals)})(?!\w)", self._say_ordinal
        endings = join_alternatives(self.forms.endings)
        yield rf"(?<![\w.,:])(?P<number>\d{{1,9}})['\u2019-]?(?P<ending>{endings})(?!\w)", self._say_ending
        before = r"(?:'|(?<=[Ii]n the )(?=[5-9])|(?<=early )|(?<=late ))"
        decade = rf"{alone}(?P<century>1\d|20)(?P<decade>[2-9])0s(?!\w)"
        yield rf"{decade}|{before}(?P<short>[2-9])0s(?!\w)", self.numbers.say_decade
        unit = rf"(?P<unit>[-\s]?(?:{self._units}))(?:\.(?=\s?[a-z/]))?(?!\w|['\u2019]s\b)"
        yield rf"{self._signed}(?P<number>{self._any_number})(?P<more>\+)?{unit}", self._say_quantity
        years = contexts.year_before
        counted = rf"(?!\s?(?:{self._units}|{counted})(?!\w))"
        year = rf"(?i)(?<!\w)(?P<before>(?:{years})\s)(?P<year>{_YEAR}){ends}{counted}"
        yield year, lambda found: found["before"] + self.numbers.say_year(int(found["year"]))
        if self.forms.long_years:
            yield (
                rf"(?<![\w.,:/$€£#+-])(?P<year>19\d\d|20\d\d){ends}(?!\+){counted}",
                lambda found: self.numbers.say_year(int(found[1])),
            )
        yield (
            r"(?P<base>(?<!\w)\w|\d+)\^(?P<power>\d+)",
            lambda found: self.numbers.say_power(found["base"], found["power"]),
        )
        yield rf"{self._signed}(?P<number>{number})\+['\u2019-]?(?P<plus>ers?)(?!\w)", self._say_plain
        few = rf"(?P<few>(?=\s[a-zà-ÿ])(?!\s(?:[a-z]+\s)?(?:{contexts.counted})(?!\w)))?"
        yield rf"{self._signed}(?P<number>{number})(?P<more>\+(?!\d){few})?{ends}", self._say_plain

    def _list_roman(self) -> Iterator[tuple[str, Say]]:
        named = rf"(?P<before>(?<!\w)(?:{self.forms.contexts.monarchs})\s)(?P<roman>X{{0,3}}(?:IX|IV|V?I{{0,3}}))"
        yield rf"{named}(?<=[XVI])(?![\w'])", self._say_monarch
        yield r"(?<![\w.])(?P<roman>X{0,3}(?:IX|IV|V?I{0,3}))(?![\w'])(?<=[IVX]{2})", self._say_roman
        contexts = self.forms.contexts
        before, word = rf"(?i:(?<!\w)(?P<before>(?:{contexts.numbered})\s))", rf"(?!(?<={contexts.not_roman}) [a-z])"
        yield rf"{before}(?P<roman>[IVX])(?!\w){word}", self._say_roman

    def _join_units(self, unit: str) -> str:
        """Join the ways to write a unit, as alternatives."""
        names = self.forms.units[unit]
        return join_alternatives(key for key, said in self.forms.units.items() if said == names)

    def _list_codes(self) -> Iterator[tuple[str, Say]]:
        letter = r"[^\W\d_]"
        yield rf"(?<={letter})(?=\d)|(?<=\d)(?={letter})", lambda _: " "
        yield r"\d+(?:[.,:/\u2044-]\d+)*", lambda found: self.numbers.say_code(found[0])

    def _say_parts(self, found: re.Match[str]) -> str:
        """Say hours, minutes and seconds, each where it is written; 8u30 may be a time of day."""
        parts = dict.fromkeys(("hours", "minutes", "seconds"), 0)
        parts |= {key: int(part or 0) for key, part in found.groupdict().items()}
        is_clock = found.re.groups == 2 and "hours" in found.groupdict()  # noqa: PLR2004 - hours and minutes, no more
        if is_clock and is_time(parts["hours"], parts["minutes"]) and not self.forms.twelve_hours:
            return self.numbers.say_clock(parts["hours"], parts["minutes"])
        return self.numbers.say_duration(**parts)

    def _say_time(self, found: re.Match[str]) -> str | None:
        first, second = int(found["first"]), int(found["second"])
        names = self._names.get((found["unit"] or "").casefold())
        if found["half"]:
            return self._say_half_day(found, first, second)
        is_hour = names == self.forms.units["h"]
        is_clock = self.meaning.is_clock(found.string, found.start(), found.end("second"), first)
        is_clock &= not found["per"] and names != self.forms.minutes
        if is_clock and is_time(first, second):
            rest = "" if is_hour or not found["unit"] else found.string[found.end("second") : found.end()]
            return self.numbers.say_clock(first, second) + rest
        if second >= _SIXTY:
            return None
        if first == second and not (names or found["per"]):
            return " ".join(map(self.numbers.say_whole, (first, second)[: 1 + bool(first)]))
        said = self.numbers.say_duration(*((first, second, 0) if is_hour else (0, first, second)))
        return said + ("" if is_hour else self._say_pace(found, names))

    def _say_two_times(self, found: re.Match[str]) -> str | None:
        """Say two times of day, or two durations, with a dash between them."""
        start, end = (int(found["first"]), int(found["second"] or 0)), (int(found["third"]), int(found["fourth"] or 0))
        are_full = found["second"] is not None and found["fourth"] is not None
        names = self._names.get((found["unit"] or "").casefold())
        are_times = is_time(*start) and is_time(*end)
        if found["half"] and are_times:
            first = self.numbers.say_clock(*start) if found["second"] else self.numbers.say_whole(start[0])
            return f"{first} {self.forms.between} {self._say_half_day(found, *end)}"
        is_pace = found["per"] or names == self.forms.units["min/km"]
        is_dotted = found["sign"] == "." and not is_pace
        is_hour_first = (
            not is_pace and found["second"] is None and found["fourth"] is not None and found["until"] == ":"
        )
        if not (are_full or is_hour_first) or (is_dotted and self.forms.point == "."):
            return None
        ends = found.end("fourth")
        is_clock = self.meaning.is_clock(found.string, found.start(), ends, start[0])
        is_day = is_hour_first or self.meaning.is_appointment(found.string)
        is_clock |= start[0] >= _EVENING and start < end and is_day
        if is_clock and are_times and not is_pace:
            hours = names == self.forms.units["h"]
            rest = "" if hours or not found["unit"] else found.string[ends : found.end()]
            first = self.numbers.say_clock(*start) if are_full else self.numbers.say_whole(start[0])
            return f"{first} {self.forms.between} {self.numbers.say_clock(*end)}{rest}"
        if max(start[1], end[1]) >= _SIXTY or is_dotted or is_hour_first:
            return None
        first, last = (self.numbers.say_duration(0, *each) for each in (start, end))
        return f"{first} {self.forms.between} {last}{self._say_pace(found, names)}"

    def _say_pace_time(self, found: re.Match[str]) -> str:
        first, rest = int(found["first"]), found.string[found.end("second") :]
        is_hours = bool(re.match(r"(?i)[- ]?(?:(?:half|halve|hele)\b[- ]?)?(?:marathon)?(?<=[a-z])", rest))
        is_bare = "per" in found.groupdict() and first < _EVENING and not re.match(r"\s?[/a-z]", rest)
        said = self.numbers.say_short_time(first, int(found["second"]), in_hours=is_hours or is_bare)
        return said + (self._say_pace(found, None) if found.groupdict().get("per") else "")

    def _say_pace(self, found: re.Match[str], names: UnitNames | None) -> str:
        """Say what follows a time: min/km, /km, or another unit."""
        if found["per"]:
            return f" {self._names[found['per'].replace(' ', '')][0]}"
        if names is None or names == self.forms.minutes:
            return ""
        rest = names[1].removeprefix(self.forms.minutes[1])
        return rest if rest != names[1] else f" {rest}"

    def _say_half_day(self, found: re.Match[str], hour: int, minutes: int) -> str | None:
        is_morning = re.match(self.forms.contexts.morning, found["half"]) is not None
        morning, afternoon, evening = self.forms.half_days
        half_day = morning if is_morning else afternoon if hour == _NOON or hour < _EVENING else evening
        return self.numbers.say_clock(hour, minutes, half_day) if is_time(hour, minutes) else None

    def _say_dotted(self, found: re.Match[str]) -> str | None:
        """Say 8.30 where it is a time of day."""
        hour, minutes = int(found["first"]), int(found["second"])
        if found["half"]:
            return self._say_half_day(found, hour, minutes)
        if not is_time(hour, minutes):
            return None
        place = found.string, found.start(), found.end("second")
        is_decimal = self.forms.point == "."
        is_clock = self.meaning.stands_by_clock(*place) if is_decimal else self.meaning.is_clock(*place, hour)
        if not is_clock or re.match(rf"\s?(?:{self._units})(?!\w)", found.string[found.end() :]):
            return None
        return self.numbers.say_clock(hour, minutes)

    def _say_chain(self, found: re.Match[str]) -> str:
        groups = re.findall(r"\d+", found["chain"])
        is_round = all(int(group) % 50 == 0 for group in groups)
        is_long = sum(map(len, groups)) >= _FEWEST_PHONE_DIGITS and not (found["unit"] or is_round)
        is_code = is_long or any(len(group) > 1 and group[0] == "0" for group in groups)
        said = map(self.numbers.say_digits if is_code else self.numbers.say_number, groups)
        names = self._name_unit(found["unit"], groups[-1], found.string)
        unit = (found["unit"] or "").strip()
        name = unit if names and unit in names else names[1] if names else ""
        return (", " if is_code or " " in found["chain"] else " ").join(said) + f" {name}".rstrip()

    def _say_stroke(self, found: re.Match[str]) -> str:
        """Say two numbers with a stroke: a fraction, a breath, or a part of a number."""
        whole, count, parts = int(found["whole"] or 0), to_size(found["count"]), int(found["parts"])
        names = self._name_unit(found["unit"], found["parts"], found.string)
        is_breath = self.meaning.is_breath(found.string) and not re.match(
            r"\s(?:of|van|to go|done|te gaan|gedaan)\b", found.string[found.end() :]
        )
        is_part = 0 < count < parts and count.is_integer() and (parts in _FRACTIONS or found["stroke"] != "/")
        if is_part and (names or whole or found["stroke"] != "/" or not is_breath):
            said = self.numbers.say_fraction(int(count), parts, names, whole=whole)
            return self._follow_article(said if names else self._inflect(said, found), found)
        one, two = self.numbers.say_number(found["count"]), self.numbers.say_number(found["parts"])
        before = f"{self.numbers.say_number(found['whole'])} " if found["whole"] else ""
        is_share = count < 2 * parts == 2 * _TEN or (count < parts < _LEAST_YEAR and not is_breath)
        is_range = is_share and names in self._rates
        out_of = f" {self.forms.between if is_range else self.forms.out_of} " if is_share else " "
        return f"{before}{one}{out_of}{two}" + (f" {names[1]}" if names else "")

    def _follow_article(self, said: str, found: re.Match[str]) -> str:
        """Say a part without its own article after one, as in *a half mile*."""
        before = re.search(r"(?i)(?<!\w)(?:een|an?)\s$", found.string[: found.start()])
        for own, instead in self.forms.fractions.after_article.items() if before else ():
            said = re.sub(own, instead, said)
        return said

    def _say_ending(self, found: re.Match[str]) -> str:
        return self.numbers.inflect(self.numbers.say_number(found["number"]) + found["ending"], "")

    def _say_pair(self, found: re.Match[str]) -> str:
        first, second = found["first"], found["second"]
        names = self._name_unit(found["unit"], second, found.string)
        said = self.numbers.say_number(second)
        if names:
            is_single = self.meaning.is_attribute(found)
            said = f"{said} {names[0]}" if is_single else self.numbers.say_quantity(second, names)
        said += f" {self.forms.signs['×']}" * bool((found["counted"] or "").strip())
        is_counted = names or found["counted"] is not None or self.meaning.is_numbered(found.string)
        is_range = to_size(first) < to_size(second) and (is_counted or not self.meaning.is_breath(found.string))
        return f"{self.numbers.say_number(first)} {f'{self.forms.between} ' if is_range else ''}{said}"

    def _say_times(self, found: re.Match[str]) -> str:
        if found["number"] == "1" and not found.string[found.end() :].lstrip()[:1].isdigit():
            return self.forms.once
        said = f"{self.numbers.say_number(found['number'])} {self.forms.signs['×']}"
        return said + " " * found.string[found.end() :][:1].isdigit()

    def _say_ordinal(self, found: re.Match[str]) -> str:
        number = re.sub(r"\D", "", found["number"])
        return self.numbers.say_ordinal(int(number)) if len(number) <= MOST_DIGITS else self.numbers.say_number(number)

    def _say_quantity(self, found: re.Match[str]) -> str:
        number, written = found["number"], found["unit"]
        names = self._name_unit(written, number, found.string)
        assert names is not None  # noqa: S101 - the pattern has a unit
        sign = self._say_minus(found)
        if written[0] == "-":
            is_plural = self.forms.contexts.attributed == _NEVER and number != "1"
            return (
                f"{sign}{self.numbers.say_number(number)}-{written[1:] if written[1:] in names else names[is_plural]}"
            )
        if found["more"]:
            return f"{sign}{self.numbers.say_number(number)} {self.forms.or_more} {names[1]}"
        if self.meaning.is_attribute(found) and not re.fullmatch(r"\d+[.,]5", number):
            return f"{sign}{self.numbers.say_number(number)} {names[0]}"
        if names == self.forms.units["€"]:
            return sign + self.numbers.say_money(number, names)
        as_written = (written.strip(),) * 2 if written.strip() in names and number.isdigit() else names
        return sign + self.numbers.say_quantity(number, as_written)

    def _say_amount(self, found: re.Match[str]) -> str:
        names = self.forms.money[found["sign"]]
        if found["more"]:
            return f"{self.numbers.say_number(found[2])} {self.forms.or_more} {names[1]}"
        cents = re.fullmatch(r"0[.,](\d\d)", found["number"])
        if cents and found["sign"] in self.forms.cents:
            return self.numbers.say_quantity(cents[1].lstrip("0") or "0", self.forms.cents[found["sign"]])
        return self.numbers.say_money(found["number"], (names[0],) * 2 if self.meaning.is_attribute(found) else names)

    def _say_plain(self, found: re.Match[str]) -> str:
        said = self._say_minus(found) + self._inflect(self.numbers.say_number(found["number"]), found)
        if found.groupdict().get("plus"):
            return f"{said} {self.forms.signs['+']}s{found['plus']}"
        more = self.forms.signs["+"] if found["few"] is not None else self.forms.or_more
        return said + f" {more}" * bool(found["more"])

    def _say_minus(self, found: re.Match[str]) -> str:
        sign = {"": "", "+": self.forms.signs["+"]}.get(found["sign"], self.forms.signs["−"])
        return f"{sign} " if sign else ""

    def _name_unit(self, written: str | None, number: str, text: str) -> UnitNames | None:
        if not written:
            return None
        unit = written.strip().lstrip("-").casefold()
        return self.meaning.name_m(number, spaced=written[0].isspace(), text=text) if unit == "m" else self._names[unit]

    def _inflect(self, said: str, found: re.Match[str]) -> str:
        """Give a half at the end the form that the next word asks for."""
        noun = re.match(r"\s(\w+)", found.string[found.end() :])
        return self.numbers.inflect(said, noun[1].casefold()) if noun else said

    def _say_monarch(self, found: re.Match[str]) -> str | None:
        starts = " " in found["before"].rstrip() or re.search(r"(?:^|[.!?]\s)$", found.string[: found.start()])
        if (
            found["roman"] == self.forms.contexts.not_roman
            and not starts
            and found.string[found.end() :][1:2].islower()
        ):
            return None
        ordinal = self.numbers.say_ordinal(parse_roman(found["roman"]))
        return found["before"] + self.forms.regnal.format(ordinal=ordinal)

    def _say_roman(self, found: re.Match[str]) -> str | None:
        return found.groupdict().get("before", "") + self.numbers.say_whole(parse_roman(found["roman"]))
