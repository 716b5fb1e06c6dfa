"""Rules for dates and for short names of days and months, each a pattern and how that is said."""

import re
from collections.abc import Iterator, Mapping

from coach.languages.number_meaning import NumberMeaning
from coach.languages.rule_set import RuleSet, Say, has_digit, keep_stop, need_words
from coach.languages.spoken_numbers import SpokenNumbers, join_alternatives, join_units

_MONTHS, _DAYS, _LEAST_YEAR = 12, 31, 1000
_LAST_FRACTION, _TEN = 8, 10
_ALONE, _ENDS = r"(?<![\w.,:/-])", r"(?![\w/-])(?![.,:]\d)"
_FEWEST_DAYS = 2
_ALSO_WORDS = frozenset({"vrij", "zat", "zon"})
_UNTIL = r"\s?[-–]\s?|\s(?:t/m|tot(?: en met)?|to|until|till|through|thru)\s"


class DateRules:
    """The rules of one language for dates and for periods from one to another."""

    def __init__(self, numbers: SpokenNumbers) -> None:
        self.numbers, self.forms, self.meaning = numbers, numbers.forms, NumberMeaning(forms=numbers.forms)
        self._units = join_units(self.forms)
        self.dates = RuleSet(has_digit, self._list_dates, self._list_named_days)

    def _list_dates(self) -> Iterator[tuple[str, Say]]:
        contexts = self.forms.contexts
        yield r"(?<![\w.,-])(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?![\w-])", self._say_date
        yield r"(?<![\w.,/-])(?P<day>\d\d?)([-/.])(?P<month>\d\d?)\2(?P<year>\d{4}|'?[23]\d)(?![\w/-])", self._say_date
        counted = rf"(?!\s?(?:{self._units}|m|{contexts.counted}|{contexts.thousands_of})(?!\w))"
        weekday = f"(?P<weekday>{join_alternatives(self.forms.short_days.values())})"
        days = rf"(?P<before>(?:{weekday}|{contexts.clock_before}|on|op|{contexts.perhaps_clock}),?\s)"
        first, last = (rf"(?P<{one}>\d\d?){sign}(?P<{two}>\d\d?)" for one, sign, two in (
            ("one", "(?P<sign>[/-])", "two"), ("three", "(?P=sign)", "four")
        ))  # fmt: skip
        yield rf"(?i){_ALONE}(?<![x×] )(?:{days})?{first}(?P<until>{_UNTIL}){last}{_ENDS}{counted}", self._say_period
        link = r"(?:,\s|,?\s(?:and|en|&|or|of)\s)"
        yield rf"{_ALONE}\d\d?/\d\d?(?:{link}\d\d?/\d\d?)+{_ENDS}", self._say_list
        date = rf"(?:{days})?(?P<day>\d\d?)(?P<sign>[/-])(?P<month>\d\d?)"
        yield rf"(?i){_ALONE}(?<![x×] ){date}{_ENDS}{counted}", self._say_day_of_month

    def _list_named_days(self) -> Iterator[tuple[str, Say]]:
        """Days before and after the name of a month, where they are ordinals."""
        if self.forms.ordinal_days:
            months, ordinal = join_alternatives(self.numbers.months), f"(?:{'|'.join(self.forms.ordinals)})?"
            day = rf"{_ALONE}(?:[Tt]he )?(?P<day>\d\d?){ordinal}(?: of)?"
            yield rf"{day} (?P<name>{months})(?!\w)", self._say_named_day
            counted = rf"(?!\s?(?:{self._units}|{self.forms.contexts.counted})(?!\w))"
            ends = r"(?!\w)(?![-–/:\u2044]\d)(?![.,]\d)"
            yield rf"(?<!\w)(?P<name>{months}) (?P<day>\d\d?){ordinal}{ends}{counted}", self._say_named_day

    def _say_period(self, found: re.Match[str]) -> str | None:
        """Say two days of a month, where one of them is written as only a date is."""
        pairs = [(int(found["one"]), int(found["two"])), (int(found["three"]), int(found["four"]))]
        if found["sign"] == "-" and found["until"] in "-–":
            return None
        if any(month > _MONTHS for _, month in pairs):
            pairs = [(day, month) for month, day in pairs]
        is_written = any(day > _MONTHS for day, _ in pairs) or re.search(r"(?<!\d)0\d", found[0]) is not None
        are_shares = all(day < month for day, month in pairs) and (
            max(month for _, month in pairs) <= _LAST_FRACTION or _TEN in pairs[0]
        )
        is_meant = is_written or (found["before"] and not are_shares)
        if not is_meant or not all(0 < day <= _DAYS and 0 < month <= _MONTHS for day, month in pairs):
            return None
        start, end = (self.numbers.say_date(*pair) for pair in pairs)
        until = f" {self.forms.between} " if "-" in found["until"] or "–" in found["until"] else found["until"]
        return f"{found['before'] or ''}{start}{until}{end}"

    def _say_list(self, found: re.Match[str]) -> str | None:
        """Say the days of a list of which one is written as only a date is."""
        pairs = [(int(first), int(second)) for first, second in re.findall(r"(\d+)/(\d+)", found[0])]
        if any(month > _MONTHS for _, month in pairs):
            pairs = [(day, month) for month, day in pairs]
        are_dates = all(0 < day <= _DAYS and 0 < month <= _MONTHS for day, month in pairs)
        if not are_dates or all(day <= _MONTHS for day, _ in pairs) or (24, 7) in pairs:
            return None
        said = iter([self.numbers.say_date(*pair) for pair in pairs])
        return re.sub(r"\d+/\d+", lambda _: next(said), found[0])

    def _say_day_of_month(self, found: re.Match[str]) -> str | None:
        """Say a day and a month after a day of the week, with a nought, or after `on` where they are no share."""
        day, month = int(found["day"]), int(found["month"])
        larger, smaller = max(day, month), min(day, month)
        is_only_date = larger > _MONTHS and (larger, smaller) != (24, 7)
        is_share = day < month or (day % 5 == month % 5 == 0) or self.meaning.is_breath(found.string)
        has_nought = len(found["day"]) == len(found["month"]) and "0" in {found["day"][0], found["month"][0]}
        rest = found.string[found.end() :]
        has_nought |= re.match(r",?\s(?:om|at)\s\d", rest) is not None
        is_meant = found["weekday"] or has_nought or (is_only_date and (found["before"] or not is_share))
        is_first = re.match(r"O[pn]\s", found["before"] or "") is not None
        is_meant = is_meant or (is_first and re.match(r",?\s(?!of\b|van\b|an?\b)[a-z]", rest))
        if found["sign"] == "-":  # two numbers that rise, or hours, unless one is written as only a day is
            is_day = found["weekday"] and not self.forms.twelve_hours and not self._ends_days(found)
            falls = has_nought and (day > month or found["before"])
            is_meant = is_day or falls or (is_only_date and re.match(r"(?i)op\s", found["before"] or ""))
        if not (is_meant and larger <= _DAYS and 0 < smaller <= _MONTHS):
            return None
        day, month = (larger, smaller) if larger > _MONTHS else (day, month)
        return (found["before"] or "") + self.numbers.say_date(day, month)

    def _ends_days(self, found: re.Match[str]) -> bool:
        """Return whether a day of the week ends a row of days, so that what follows are hours."""
        days = join_alternatives(self.forms.short_days.values())
        return re.search(rf"(?:{days})\W+\w*\s?$", found.string[: found.start()]) is not None

    def _say_date(self, found: re.Match[str]) -> str | None:
        day, month = int(found["day"]), int(found["month"])
        if month > _MONTHS >= day:
            day, month = month, day
        is_date = 0 < day <= _DAYS and 0 < month <= _MONTHS
        year = int(found["year"].strip("'"))
        if year < _LEAST_YEAR:  # of two digits: a row of numbers, unless one is written as only a day or a year is
            is_date &= "0" in found["day"][:1] + found["month"][:1] or "'" in found["year"] or day > _MONTHS
            is_date &= not day % 5 == month % 5 == year % 5 == 0
            year += 2000
        return self.numbers.say_date(day, month, year) if is_date else None

    def _say_named_day(self, found: re.Match[str]) -> str | None:
        day = int(found["day"])
        if not 0 < day <= _DAYS:
            return None
        said = self.numbers.say_date(day, self.numbers.months.index(found["name"]) + 1)
        return said[0].upper() + said[1:] if found[0].startswith("The ") else said


class DateNames:
    """The rules of one language for short names of days and of months."""

    def __init__(self, numbers: SpokenNumbers) -> None:
        self.forms = numbers.forms
        self._months = {*self.forms.short_months.values(), *map(str.capitalize, self.forms.short_months)}
        self._days = self._join_names(self.forms.short_days)
        self._known = frozenset(self.forms.short_days.values())

    def list_rules(self) -> Iterator[RuleSet]:
        """List the rules, in their order."""
        yield RuleSet(has_digit, self._list_dated_months)
        yield RuleSet(need_words(self.forms.short_months), self._list_months)
        yield RuleSet(need_words(self.forms.short_days), self._list_days)
        yield RuleSet(has_digit, self._list_dates)
        yield RuleSet(need_words(self.forms.short_days), self._list_days_beside)

    def _list_dated_months(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        ordinal = f"(?:{'|'.join(forms.ordinals)})?"
        months = self._join_names(forms.short_months)
        yield rf"(?<=\d)(?P<gap>{ordinal}\s)(?P<name>{months})(?P<stop>\.?)(?!\w)", self._say_month
        date = r"\d" if forms.ordinal_days else r"(?:19|20)\d\d(?!\d)"
        yield rf"(?<!\w)(?P<name>{months})(?P<stop>\.?)(?=\s{date})", self._say_month

    def _list_months(self) -> Iterator[tuple[str, Say]]:
        months = self._join_names(self.forms.short_months)
        short = rf"(?P<name>{months})(?P<stop>\.?)"
        any_month = rf"(?:{months}|{join_alternatives(self._months)})(?!\w)"
        link = rf"{self.forms.between}|until|till|through|thru|t/m|tot en met"
        yield rf"(?<!\w){short}\s?[-–]\s?(?={any_month})", self._say_first_month
        yield rf"(?<!\w){short}(?=\s(?:{link})\s{any_month})", self._say_month
        contexts = self.forms.contexts
        plain = rf"(?!(?:{contexts.people})(?!\w)){short}(?!\w)"
        before = f"{contexts.year_before}|{contexts.month_before}"
        yield rf"(?P<gap>(?<!\w)(?i:{before})\s){plain}", self._say_month
        yield (
            rf"(?P<gap>(?<!\w)(?:{join_alternatives(self.forms.short_months.values())})\s(?:{link}|and|en|or|of|&)\s){plain}",
            self._say_month,
        )
        yield rf"(?<=\w {self.forms.between} ){short}(?!\w)", self._say_month

    def _list_days(self) -> Iterator[tuple[str, Say]]:
        forms, days = self.forms, self._days
        link = rf"(?:\s?[-–/+&,]\s?|\s(?:{forms.between}|t/m|and|en|through)\s)"
        yield rf"(?<![\w-])(?:{days})\.?(?:{link}(?:{days})\.?)+(?![\w-])", self._say_days
        before = rf"(?i:(?<!\w)(?:{forms.contexts.single_unit}|on|op|tot|until|till|by)\s)"
        yield rf"(?P<before>{before})(?P<name>{days})\.?(?![\w'\u2019-])(?!(?<=zo) [a-z])", self._say_day
        yield (
            rf"(?<![\w-])(?P<name>{days})(?:(?=:\s)|(?<!vrij)(?<!zat)(?<!zon)\.(?=\s?[a-zà-ÿ,;:)]|$))(?:(?<!Zo)|(?=:\s(?:\d|rust|vrij|lang|duur|herstel)))(?!(?<=zo\.)$)",
            self._say_day,
        )

    def _list_days_beside(self) -> Iterator[tuple[str, Say]]:
        short = join_alternatives(name for name in self._days.split("|") if name.casefold() not in _ALSO_WORDS)
        yield rf"(?<![\w-])(?P<name>{short})(?![\w'\u2019.-])(?=(?P<number>\s\d)?)", self._say_day_beside

    def _list_dates(self) -> Iterator[tuple[str, Say]]:
        days, ordinal = self._days, f"(?:{'|'.join(self.forms.ordinals)})?"
        nth, full = rf"(?:the\s)?\d\d?{ordinal[:-1]}(?!\w)", f"(?:{join_alternatives(self._months)})"
        date = rf"(?:\d{{1,2}}(?:[/:.-]\d|\s?[hua]\b|[hu]\d|\s?[ap]\.?m|{ordinal}\s{full}\b)|{full}\.?\s\d|{nth})"
        yield (
            rf"(?<![\w-])(?P<name>{days})(?:\.?(?=,?\s(?:(?:om|at)\s)?{date})|\.(?=,?\s(?:(?:om|at)\s)?\d))",
            self._say_day,
        )

    def _join_names(self, names: Mapping[str, str]) -> str:
        """Join short names as alternatives, in the cases in which they are written."""
        small = names if self.forms.small_names else ()
        return join_alternatives({*small, *map(str.capitalize, names)})

    def _say_month(self, found: re.Match[str]) -> str:
        said = self.forms.short_months[found["name"].casefold()]
        return found.groupdict().get("gap", "") + said + keep_stop(found)

    def _say_first_month(self, found: re.Match[str]) -> str:
        return f"{self.forms.short_months[found['name'].casefold()]} {self.forms.between} "

    def _say_days(self, found: re.Match[str]) -> str | None:
        """Say the days of a list, if they are days: `zo en zo` are not."""
        names = [self.forms.short_days[name.casefold()] for name in re.findall(self._days, found[0])]
        if len(set(names)) < len(names):
            return None
        said = re.sub(rf"({self._days})\.?", lambda day: self.forms.short_days[day[1].casefold()], found[0])
        return re.sub(r"(?<!t)\s?/\s?", ", ", re.sub(r"\s?[-–]\s?", f" {self.forms.between} ", said)) + keep_stop(found)

    def _say_day(self, found: re.Match[str]) -> str:
        said = self.forms.short_days[found["name"].casefold()]
        said = said.capitalize() if found["name"][0].isupper() else said
        is_dated = re.match(rf"\s(?:{join_alternatives(self._months)})\s\d", found.string[found.end() :])
        return found.groupdict().get("before", "") + said + ("" if is_dated else keep_stop(found))

    def _say_day_beside(self, found: re.Match[str]) -> str | None:
        """Say a short name in a text that names another day, too."""
        names = rf"(?<![\w-])(?:{join_alternatives(self._known)}|{self._days})(?![\w'\u2019-])(?!(?<=zo)(?!\s\d))"
        others = {self.forms.short_days.get(name.casefold(), name) for name in re.findall(names, found.string)}
        said = self.forms.short_days[found["name"].casefold()]
        is_alone = len(others - _ALSO_WORDS) < _FEWEST_DAYS or (said == "zondag" and not found["number"])
        return None if is_alone else said.capitalize() if found["name"][0].isupper() else said
