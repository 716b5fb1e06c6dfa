"""Normalization rules for abbreviations, signs and names, each a pattern and how that is said."""

import re
from collections.abc import Iterable, Iterator

from coach.languages.date_rules import DateNames
from coach.languages.rule_set import CAPITAL_NEXT, RuleSet, Say, has_digit, keep_stop, need_words
from coach.languages.spoken_numbers import SpokenNumbers, join_alternatives, join_units, to_size

# Abbreviations of fewer letters are words without their stops: `ea`, `as`.
_FEWEST_LETTERS = 3
# Signs of minutes and seconds, also as an editor curls them; they close a quotation that was opened before.
_MINUTES_SIGN, _SECONDS_SIGN = "['\u2019]", "(?:[\"\u201d\u201c]|''|\u2019\u2019)"
_OPENED = re.compile(r"(?:^|(?<=[\s(]))(?:[\"\u201c\u201e](?=\S)|['\u2018](?=[^\W\d_]{2}))")
_CLOSED = re.compile(r"(?<=[^\s\d(])(?:[\"\u201d]|['\u2019](?!\w))")
# An address has a scheme, www. or a path: `coach.org` is two words with a stop as well.
_ADDRESS = (
    r"(?<![\w@.-])(?=https?:|www\.|(?:[\w-]+\.)+[a-z]{2,}/[\w])(?:https?://)?"
    r"(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?P<path>/[\w/.?=&#%+~-]*(?<![.?]))?"
)
_LETTER = r"[^\W\d_]"
_INITIALS, _NAME_NEXT = (
    re.compile(r"(?:[A-ZÀ-Þ]\.)+[A-ZÀ-Þ]?\.?$"),
    re.compile(r"\s(?:[A-ZÀ-Þ][a-zà-ÿ]|(?:de|van|den|ten|ter) )"),
)


class SignRules:
    """The rules of one language for abbreviations and signs.

    ``before`` are those before its numbers are said, and ``after`` those after.
    """

    def __init__(self, numbers: SpokenNumbers) -> None:
        self.numbers, self.forms = numbers, numbers.forms
        forms = self.forms
        letters = [key for key in forms.abbreviations if re.fullmatch(r"(?:[^\W\d_]\.){2,}", key)]
        without = {key[:-1]: key for key in letters}
        without |= {key.replace(".", ""): key for key in letters if key.count(".") >= _FEWEST_LETTERS}
        self._letters = {**{key: forms.abbreviations[full] for key, full in without.items()}, **forms.abbreviations}
        self._short = {
            key.casefold(): said
            for table in (self._letters, forms.limits, forms.numbered)
            for key, said in table.items()
        }
        self._units = join_units(forms)
        self._stopped = join_alternatives({*(unit for unit in forms.units if unit.isalpha()), "m"})
        self._written = [unit for unit in forms.units if re.fullmatch("[a-z]{2,3}", unit)]
        self.before = tuple(self._list_before())
        has_sign = frozenset(sign for sign in forms.signs if len(sign) == 1).isdisjoint
        self.after = (
            RuleSet(lambda text: "/" in text, self._list_per),
            RuleSet(lambda text: not has_sign(text), self._list_signs),
            RuleSet(re.compile(r"[.!?:]\w").search, self._list_stops),
        )

    def _list_before(self) -> Iterator[RuleSet]:
        forms = self.forms
        yield RuleSet(re.compile(r"\.[a-z]").search, self._list_addresses)
        yield RuleSet(has_digit, self._list_telephone_numbers, self._list_sums, self._list_quantities)
        yield RuleSet(lambda text: "+" in text, lambda: [(r"\+\s?/\s?[-−–]|\+[-−](?=\s?\d)", "±")])
        yield RuleSet(has_digit, self._list_ranges)
        yield RuleSet(need_words(self._written), self._list_single_units)
        yield RuleSet(need_words([*forms.places, *forms.capitals]), self._list_names)
        yield RuleSet(has_digit, self._list_zones)
        yield from DateNames(self.numbers).list_rules()
        yield RuleSet(need_words([*self._letters, *forms.limits]), self._list_abbreviations)
        yield RuleSet(has_digit, self._list_numbered)
        yield RuleSet(need_words(forms.long_units), self._list_long_units)
        yield RuleSet(has_digit, lambda: [(r"\s?/\s?(?=[-+−]\s?\d)|(?<=[^\W\d_])\s?/\s?(?=\d)", ", ")])
        yield RuleSet(re.compile(r"[<>=\u2190-\u27ff]").search, self._list_arrows)
        yield RuleSet(has_digit, self._list_signs_before)

    def _list_addresses(self) -> Iterator[tuple[str, Say]]:
        yield _ADDRESS, _write_address
        yield r"(?<!\w)[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}", lambda found: found[0].replace(".", f" {self.forms.dot} ")

    def _list_names(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        yield (
            rf"(?P<name>(?<!\w)[A-ZÀ-Þ][a-zà-ÿ]+(?:['\u2019]s)?\s)(?P<short>{join_alternatives(forms.places)})(?!\w)(?!\s?[A-ZÀ-Þ])",
            self._say_place,
        )
        yield rf"(?<!\w)(?:{join_alternatives(forms.capitals)})(?!\w)", self._say_capitals

    def _list_zones(self) -> Iterator[tuple[str, Say]]:
        yield r"(?<!\w)(?:[Zz]|Z )(?P<number>[1-7])(?:(?P<dash>\s?[-–]\s?[Zz]|/)(?=[1-7])|(?!\w))", self._say_zone

    def _list_telephone_numbers(self) -> Iterator[tuple[str, Say]]:
        """List the rules that write numbers that are said digit by digit as single digits."""
        contexts = self.forms.contexts
        counted = rf"(?!\s?(?:{self._units}|{contexts.counted}|{contexts.thousands_of})(?!\w))"
        digits = (
            r"(?P<digits>\d{3,6}(?:[ -]\d{3,4})*(?:\s[a-z]{2}\s\d{3})?)(?!\w)(?!\s?[-–]\s?\d)(?![/:.,\u2044]\d)(?!\s\d)"
        )
        yield rf"(?i)(?:(?<!\w)(?:{contexts.dialled})\s){digits}{counted}", _space_digits
        yield r"(?:(?<=\bat )|(?<=\bop )|(?<=\bon ))(?P<digits>\d{3}-\d{4})(?!\w)", _space_digits
        yield r"(?P<digits>\(\d{3}\)\s?\d{3}-\d{4})(?!\w)", _space_digits
        yield r"(?<![\w.,:/-])(?P<digits>\d{3}-0\d{3})(?![\w-])", _space_digits
        yield r"(?<![\w.,])(?P<digits>\+\d[\d ()-]{6,}\d)(?!\w)", _space_digits
        yield (
            rf"(?<![\w.,:/×+–-])(?<!\d )(?P<digits>\d\d[1-9] \d{{3}})(?![\w-])(?!\s?[\d/–+-])(?![.,:]\d){counted}",
            _space_digits,
        )
        is_other = r"(?!\d\d?([-/.])\d\d?\1'?(?:\d{4}|\d\d)(?![\w/-])|\d\d\.\d\d\s?-\s?\d\d\.\d\d(?![\w.-]))"
        number = r"(?=(?:\D{0,3}\d){8})0\d+(?:\s?[./-]\s?\d+|\s\d+)+"
        yield rf"(?<![\w.,:/\u2044+-]){is_other}(?P<digits>{number})(?!\w)(?![-–/:.,\u2044]\d)", _space_digits

    def _list_sums(self) -> Iterator[tuple[str, Say]]:
        """List the rules that tell sums and comparisons from ranges, fractions and ratios."""
        number = r"\d+(?:[.,]\d+)?"
        is_sum = rf"(?=(?:{number}\s?[-–+x×*/:÷]\s?)*{number}\s?=\s?[-−]?\d)"
        yield rf"(?<=\d)\s?[-–]\s?{is_sum}", " − "
        quotient = r"(?<![\d.,/:+–-])(?<![+–-] )(?P<left>\d+)\s?[/:]\s?(?P<right>\d+)(?=\s?=)"
        yield quotient, lambda found: f"{found[1]} ÷ {found[2]}" if int(found[1]) >= int(found[2]) else None
        left = rf"(?P<left>{number})(?P<unit>\s?(?:{self._units}))?"
        yield rf"{left}\s?(?P<sign>[<>≤≥])\s?(?=(?P<right>{number}))", self._say_comparison

    def _list_quantities(self) -> Iterator[tuple[str, Say]]:
        """List the rules that write quantities in one way, for the rules of numbers."""
        forms, start, number = self.forms, r"(?<![\w.,:])", r"\d+(?:[.,]\d+)?"
        yield r"(?<=\d)\s?[xX×*]\s?(?=[\d(])", " × "
        yield r"(?<=\d)à(?=\d)", " à "
        yield r"\+(?=\d+(?:[.,]\d+)?\s?[-–à]\s?\d)", f" {forms.signs['+']} "
        pyramid = rf"{start}\d+{_MINUTES_SIGN}(?:\s?[-–]\s?\d+{_MINUTES_SIGN}){{2,}}"
        yield pyramid, lambda found: re.sub(_MINUTES_SIGN, "", found[0]) + " min"
        prime = rf"{start}(?P<minutes>\d+)\s?{_MINUTES_SIGN}\s?(?P<seconds>\d\d?)"
        yield rf"{prime}\s?{_SECONDS_SIGN}|{prime.replace('?P<', '?P<just_')}(?<=\d\d)(?!\w)", _write_primes
        yield (
            rf"{start}(?P<number>{number})\s?(?:{_SECONDS_SIGN}|(?P<minutes>{_MINUTES_SIGN}))(?![a-zà-ÿ\d])",
            _write_prime,
        )
        yield rf"(?<=\d[hu]\d\d){_MINUTES_SIGN}(?!\w)", ""
        yield rf"(?<=\d)([\s-]?(?:{self._stopped}))\.(?=\s?[a-zà-ÿ&(),;:/+=–-]|[?!])(?!\w)", r"\1"
        yield r"(?<![\w.,:])(\d{1,2})m(?:in)?([0-5]\d)(?!\w)", r"\1 min \2 s"
        yield r"(?<![\w.,:])(\d{1,2}[hu])\s(?=0\d(?!\w))", r"\1"
        yield rf"(?<=\d)\s?/\s?(?P<unit>{forms.contexts.per_each})(?!\w)", self._say_per
        yield r"(?<![\w.,])(?P<metres>\d)m(?P<rest>[6-9]\d)(?!\w)", self._say_height

    def _list_ranges(self) -> Iterator[tuple[str, Say]]:
        forms, units = self.forms, self._units
        start, number = r"(?<![\w.,:])", r"\d+(?:[.,]\d+)?"
        yield rf"(?P<left>\d\s?(?:{units})?)\s?±\s?(?=\d)", lambda found: f"{found['left']} {forms.signs['±']} "
        quantity = rf"{number}\s?(?:{units})(?:\d\d)?"
        yield rf"{start}(?P<left>(?<![-–]){quantity})\s?[-–]\s?(?={quantity}(?!\w)(?!\s?[-–]\s?\d))", self._say_range
        yield rf"{start}(?P<left>\d+)\s?[-–]\s?(?=\d+\s?/\s?(?:10|20|100)(?!\w))", self._say_range
        yield r"(?<![\w/.,-])(?P<whole>\d)-(?=[1-3]/[2-4](?![\w/]))", lambda found: f"{found['whole']} "
        yield r"(?<![\w.,])\.(?=\d)", lambda _: f"0{forms.point}"
        yield r"(?<=\u2044\d)\s?[x×](?!\w)", lambda _: f" {forms.signs['×']}"
        half_day = f"(?:{forms.contexts.morning}|{forms.contexts.afternoon})"
        yield rf"(?P<left>\d\s?{half_day})\s?[-–]\s?(?=\d)", self._say_range
        fraction = r"\d[/\u2044]\d"
        yield (
            rf"{start}(?P<left>{fraction}|\d+(?=\s?[-–]\s?(?:\d+\s)?\d\u2044))\s?[-–]\s?(?=(?:\d+|(?:\d+\s)?{fraction})\s?(?:{units})(?!\w))",
            self._say_range,
        )
        yield (
            rf"(?<=\d)(?P<left>{'|'.join(forms.ordinals)})\s?[-–]\s?(?=\d+(?:{'|'.join(forms.ordinals)})(?!\w))",
            self._say_range,
        )
        yield rf"{start}(?P<number>{number})\s?[kK](?=\s(?:{forms.contexts.thousands_of})(?!\w))", self._write_thousands
        yield rf"(?<=[€$£])(?P<number>{number})[kK](?!\w)", self._write_thousands
        yield r"\s*@\s?(?=[~≈<>±]?\d|[Zz][1-7])", f" {forms.signs[' @ ']} "

    def _list_single_units(self) -> Iterator[tuple[str, Say]]:
        forms, written = self.forms, join_alternatives(self._written)
        single = rf"(?:{forms.contexts.single_unit}|\d+(?:{'|'.join(forms.ordinals)}))"
        yield (
            rf"(?i:(?P<before>(?<![\w.,]){single}\s))(?P<unit>{written})(?P<stop>\.?)(?!\w)(?!\s(?:of|or)\s)",
            self._say_single,
        )

    def _list_abbreviations(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        letters = _join_by_first(key for key in self._letters if not key[0].isupper())
        titles = join_alternatives(key for key in self._letters if key[0].isupper())
        yield rf"(?<![\w.])(?:(?i:{letters})|{titles})(?:(?<=/)|(?!\w))(?!\.\w)", self._say_abbreviation
        plain = _join_by_first(key for key in self._letters if re.fullmatch(r"[^\W\d_]{2,}\.", key))
        yield rf"(?<![\w.])(?=[^\W\d_]+\.[^\W\d_]{{3}})(?i:{plain})(?=[^\W\d_]{{3}})", self._say_abbreviation
        limits = join_alternatives(forms.limits)
        yield rf"(?i:(?<![\w.])(?<!\d)(?<!\d )(?:{limits}))(?=\s?[a-zà-ÿ\d])", self._say_abbreviation

    def _list_numbered(self) -> Iterator[tuple[str, Say]]:
        yield rf"(?i)(?<![\w.#])(?:{join_alternatives(self.forms.numbered)})\s?(?=\d)", self._say_abbreviation

    def _list_long_units(self) -> Iterator[tuple[str, Say]]:
        units = {case for unit in self.forms.long_units for case in (unit, unit.capitalize(), unit.upper())}
        yield rf"(?<![\w/])(?<!/ )(?:{join_alternatives(units)})(?![\w/])(?<!\d.)", self._say_unit

    def _list_arrows(self) -> Iterator[tuple[str, Say]]:
        yield r"(?<=[^\W\d_])>(?=[^\W\d_])", f" {self.forms.signs_before['>']} "
        yield r"<-+>|<=+>", "\u2194"
        yield r"<=|=<|>=", lambda found: "≤" if "<" in found[0] else "≥"
        yield (
            r"\s*(?:-{1,2}>|=>|(?<=[^\W\d_])\s>(?=\s[^\W\d_])|[\u2192\u2794\u2799\u279c-\u279e\u27a1\u27f6\u21d2\u27f9])\s*",
            self._say_arrow,
        )

    def _list_signs_before(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        signs = join_alternatives(sign for sign in forms.signs_before if sign != "<")
        yield (
            rf"(?<![\d±])(?<!\d )(?P<sign>{signs}|<(?![^<]*>))\s?(?=[-\u2212+€£$]?\s?\d)",
            lambda found: " " * found.string[: found.start()][-1:].isalpha() + f"{forms.signs_before[found['sign']]} ",
        )

    def _list_per(self) -> Iterator[tuple[str, Say]]:
        contexts = self.forms.contexts
        unit = f"(?P<unit>{contexts.per_after}|(?<=[sn]/)(?:{contexts.per_each}))"
        yield rf"(?<={_LETTER})\s?/\s?{unit}(?!\w)(?:\.(?=,|\s[a-z]))?", self._say_per

    def _list_signs(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        signs = join_alternatives(sign for sign in forms.signs if len(sign) == 1 and not sign.isalpha())
        letters = join_alternatives(sign for sign in forms.signs if sign.isalpha())
        yield rf"(?<=\s)@(?=\s)|(?P<sign>{signs}|(?<!{_LETTER})(?:{letters})(?![\u0370-\u03ff]))", self._say_sign

    def _list_stops(self) -> Iterator[tuple[str, Say]]:
        yield rf"(?<!\w)(?![apAP]\.[mM]\.)(?:{_LETTER}\.){{2,}}(?!\w)", lambda found: found[0].replace(".", " ").strip()
        yield r"(?<=[a-zà-ÿ])\.(?=[a-zà-ÿ]{2})", lambda _: f" {self.forms.dot} "
        yield r"(?<=[a-zà-ÿ])(?P<stop>[.!?])(?=[A-ZÀ-Þ][a-zà-ÿ])|(?<=[a-zà-ÿ]):(?=[^\W\d_])", r"\g<0> "

    def _say_abbreviation(self, found: re.Match[str]) -> str | None:
        written, rest = found[0].rstrip(), found.string[found.end() :]
        if written not in self._letters and _INITIALS.match(written) and _NAME_NEXT.match(rest):
            return None
        if written.casefold() in self.forms.also_words and (not rest.strip() or CAPITAL_NEXT.match(rest)):
            return None
        said = self._short[written.casefold()]
        if written.casefold() in self.forms.closing and CAPITAL_NEXT.match(rest):
            said += "."
        said += " " * (found[0] != written or rest[:1].isalnum())
        return said[0].upper() + said[1:] if written[0].isupper() and not written.isupper() else said

    def _say_unit(self, found: re.Match[str]) -> str | None:
        """Say a unit that stands without a number."""
        if re.search(r"\d[\s-]?$", found.string[: found.start()]):
            return None
        unit = found[0] if found[0] in self.forms.units else found[0].lower()
        said = self.forms.units[unit][not re.match(r"\s\d", found.string[found.end() :])]
        return said.capitalize() if self._starts_sentence(found) and found[0][0].isupper() else said

    def _say_capitals(self, found: re.Match[str]) -> str:
        said = self.forms.capitals[found[0]]
        return said[0].upper() + said[1:] if self._starts_sentence(found) else said

    def _starts_sentence(self, found: re.Match[str]) -> bool:
        before = found.string[: found.start()]
        words = before.split()
        is_short = bool(words) and words[-1].casefold() in self._short
        return re.search(r"(?:^|[.!?]\s+)$", before) is not None and not is_short

    def _say_zone(self, found: re.Match[str]) -> str:
        zone = self.forms.zone.capitalize() if self._starts_sentence(found) else self.forms.zone
        return f"{zone} {found['number']}" + (f" {self.forms.between} " if found["dash"] else "")

    def _is_before_saint(self, found: re.Match[str]) -> bool:
        """Return whether a name with *'s* follows, as in `Old St. Mary's`: that of a saint, after whom it is named."""
        other = self.forms.contexts.no_saint
        saint = rf"\.\s?(?!(?:{other})['\u2019])[A-ZÀ-Þ][a-zà-ÿ]+['\u2019]s(?!\w)"
        return re.match(saint, found.string[found.end() :]) is not None

    def _say_place(self, found: re.Match[str]) -> str | None:
        if found["short"] == "St" and self._is_before_saint(found):
            before = found.string[: found.start()]
            is_street = re.search(rf"(?:\d|\b(?:{self.forms.contexts.street_before}))\s$", before)
            return f"{found['name']}{self.forms.places['St']}" if is_street else None
        return found["name"] + self.forms.places[found["short"]] + keep_stop(found)

    def _say_range(self, found: re.Match[str]) -> str:
        """Say the dash between two numbers or quantities; those that do not rise are a list."""
        left = re.match(r"\d+(?:[.,]\d+)?", found["left"])
        right = re.match(r"(?P<number>\d+(?:[.,]\d+)?)\s?(?P<unit>\w*)", found.string[found.end() :])
        is_same = left and right and found["left"][left.end() :].strip() == right["unit"]
        falls = is_same and left and right and to_size(left[0]) >= to_size(right["number"])
        return f"{found['left']}, " if falls else f"{found['left']} {self.forms.between} "

    def _say_comparison(self, found: re.Match[str]) -> str:
        """Say that a number is more or less than another; a sign that would be false is an arrow."""
        before, rest = found.string[: found.start()], found.string[found.end() :]
        is_step = re.search(r"(?:\d:|>\s?)$", before) or re.match(r"[\d.,:]+\s?>", rest)
        if found["sign"] == ">" and (is_step or to_size(found["left"]) < to_size(found["right"])):
            return f"{found['left']}{found['unit'] or ''} {self.forms.becomes} "
        right = re.match(rf"[\d.,]+\s?(?P<unit>{self._units})(?!\w)", rest)
        is_other = right and found["unit"] and right["unit"].casefold() != found["unit"].strip().casefold()
        verb = "" if is_other else f"{self.forms.signs['=']} "
        return f"{found['left']}{found['unit'] or ''} {verb}{self.forms.signs_before[found['sign']]} "

    def _say_height(self, found: re.Match[str]) -> str:
        return f"{found['metres']} {self.forms.metres[found['metres'] != '1']} {found['rest']}"

    def _write_thousands(self, found: re.Match[str]) -> str:
        return f"{float(found['number'].replace(',', '.')) * 1000:.0f}"

    def _say_single(self, found: re.Match[str]) -> str:
        return found["before"] + self.forms.units[found["unit"]][0] + keep_stop(found)

    def _say_arrow(self, found: re.Match[str]) -> str:
        before, after = found.string[: found.start()], found.string[found.end() :]
        is_change = after[:1].isdigit() and re.search(rf"\d\s?(?:{self._units}|/km|/mi)?$", before)
        return f" {self.forms.becomes} " if is_change else f", {self.forms.then} " if before.strip() else ""

    def _say_per(self, found: re.Match[str]) -> str:
        return f" {self.forms.per} {self.forms.units.get(found['unit'], (found['unit'],))[0]}"

    def _say_sign(self, found: re.Match[str]) -> str:
        return f" {self.forms.signs[found['sign'] or ' @ ']} "


def _space_digits(found: re.Match[str]) -> str:
    """Write digits one by one, with a pause between groups."""
    groups = re.sub(r"(?<=\d)\s?[-–()./]+\s?(?=\d)|(?<=\d)[\s()-]+(?=\d)", ", ", found["digits"].replace("(", " "))
    spaced = re.sub(r"(?<=\d)(?=\d)", " ", groups.strip())
    return found[0].removesuffix(found["digits"]) + spaced


def _write_address(found: re.Match[str]) -> str:
    """Write a web address without its scheme, and so that no part of it is a quantity."""
    parts = re.split(r"[/?=&#]+", found["host"] + (found["path"] or ""))
    return ", ".join(re.sub(r"(?<=\d)(?=[^\W\d_])", "_", part) for part in parts if part)


def _write_primes(found: re.Match[str]) -> str:
    minutes, seconds = found["minutes"] or found["just_minutes"], found["seconds"] or found["just_seconds"]
    return f"{minutes} min {seconds} s"


def _write_prime(found: re.Match[str]) -> str | None:
    """Write 5' as minutes and 30" as seconds, unless the sign closes a quotation."""
    before = found.string[: found.start()]
    if len(_OPENED.findall(before)) > len(_CLOSED.findall(before)):
        return None
    return f"{found['number']} {'min' if found['minutes'] else 's'}" + " " * found.string[found.end() :][:1].isalpha()


def _join_by_first(keys: Iterable[str]) -> str:
    """Join keys to a pattern in any case that looks at their first character once: there are hundreds of them."""
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(key[0].casefold(), []).append(key)
    return "|".join(f"(?={re.escape(first)})(?:{join_alternatives(group)})" for first, group in groups.items())
