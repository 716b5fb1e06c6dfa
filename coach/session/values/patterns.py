r"""The rules of `scalars`, `marks` and `paths` as regular expressions, for editors.

They mean the same to Python, to ECMAScript with its ``u`` flag and without, and so to all that reads JSON Schema. None
refuses what the coach accepts. What they cannot see, such as a sum of hours and minutes, the coach alone checks.
"""

from coach.session.values.file_path import AUDIO_ENDINGS

_FRACTION = r"(\.[0-9]{1,6})?"

_BELOW_60 = "0{0,8}[0-5]?[0-9]"

_HOURS = "0{0,8}([0-9]|1[0-2])"

_MINUTES = "0{0,8}[0-9]{1,3}"

_SECONDS = rf"0{{0,8}}[0-9]{{1,5}}{_FRACTION}s"

_REST = rf"({_BELOW_60}{_FRACTION}s)?"

_ANY_TIME = (
    rf"({_HOURS}h({_BELOW_60}m)?{_REST}|{_MINUTES}m{_REST}|{_SECONDS}|({_HOURS}:[0-5][0-9]|{_MINUTES}):[0-5][0-9])"
)

_UNDER_10_S = rf"((0+h)?(0+m)?0*[0-9]{_FRACTION}s|(0+:){{1,2}}0[0-9])"


def _time(end: str) -> str:
    """A time that is more than nothing; ``end`` is what comes after it."""
    return rf"(?![0hms:.]+\s*{end}){_ANY_TIME}"


def _whole(inner: str) -> str:
    return rf"^\s*({inner})\s*$"


TIME = _whole(_time("$"))

LASTS = _whole(_time(r"(\.\.|$)") + rf"(\s*\.\.\s*\.?{_time('$')})?")

AFTER = _whole(_ANY_TIME)

EVERY = _whole(rf"(?!{_UNDER_10_S}\s*$){_time('$')}")

AT = _whole(rf"(-\s*)?{_ANY_TIME}|(0{{0,2}}[0-9]|0?[0-9]{{2}})(\.[0-9]{{1,3}})?\s*%|100(\.0{{1,3}})?\s*%")

SWITCH = _whole(rf"[oO][nN]|[oO][fF][fF]|{_ANY_TIME}")

_THOUSANDTHS = r"(\.[0-9]{1,3})?"

_STEADY = rf"((0{{0,2}}[6-9][0-9]|0?(1[0-9][0-9]|2[01][0-9])){_THOUSANDTHS}|0?220(\.0{{1,3}})?)"

_RELATIVE = rf"[+-]((0{{0,3}}[0-9]|0{{0,2}}[0-9]{{2}}|0?1[0-5][0-9]){_THOUSANDTHS}|0?160(\.0{{1,3}})?)"

STEADY_CADENCE = _whole(_STEADY)

CADENCE = _whole(rf"({_STEADY}|{_RELATIVE})(\s*(->|→)\s*({_STEADY}|{_RELATIVE}))?")

_STEPS = "(0{0,2}[1-9]|0?1[0-2])"

BREATH = _whole(rf"[nN][oO][nN][eE]|{_STEPS}\s*-?\s*([iI][nN])?\s*/\s*{_STEPS}\s*-?\s*([oO][uU][tT])?")

FORMAT = _whole("1")

COUNT = _whole("0{0,17}[1-9][0-9]{0,17}")

# Letters of any alphabet: all but the signs, spaces and controls of ASCII and some signs of Latin-1.
_LETTER = r"[^\u0000-\u0040\u005b-\u005e\u0060\u007b-\u00a9]"

_NAME = rf"{_LETTER}([0-9]|{_LETTER})*"

NAME = f"^{_NAME}$"

_MARK = r"\[(in|out|step|\s*" + _time(r"\]") + r"\s*)\]"

MARKED = rf"^(\\[\[\]{{}}]|{_MARK}|\{{{_NAME}\}}|[^\[{{\\]|\\(?![\[\]{{}}]))*$"

SOMETHING = r"\S"

_FILE = r"(?!\s*$)(?![-/~])(?![A-Za-z][A-Za-z0-9+.-]+:)[^\\\u0000]+$"

_ENDINGS = "|".join(
    "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in ending[1:]) for ending in AUDIO_ENDINGS
)

FILE = rf"^{_FILE}"

AUDIO_FILE = rf"^(?=[\s\S]*\.({_ENDINGS})$){_FILE}"
