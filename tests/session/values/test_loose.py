"""Values that are not quite right, and what was certainly meant by them."""

import pytest

from coach.session.values import loose


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("90 s", "90s"),
        ("90sec", "90s"),
        ("90 seconden.", "90s"),
        ("2 min", "2m"),
        ("24 minuten", "24m"),
        ("0.5m", "30s"),
        ("2,5 min", "2m30s"),
        ("1.5h", "1h30m"),
        ("1 uur 5", None),
        ("1u5m", "1h5m"),
        ("2 minuten en 30 seconden", "2m30s"),
        ("1 hour, 10 mins", "1h10m"),
        ("1m90s", "2m30s"),
        ("24:75", "25m15s"),
        ("“3m”", "3m"),
        ("3M", "3m"),
        ("1500", "1500s"),
        ("24", None),
        ("5m 2h", None),
        ("soon", None),
    ],
)
def test_a_time(written: str, meant: str | None) -> None:
    assert loose.time(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("180", "180s"),
        ("90", "90s"),
        ("5", None),
        ("3m-5m", "3m..5m"),
        ("3m – 5m", "3m..5m"),
        ("3-5 min", "3m..5m"),
        ("3m to 5m", "3m..5m"),
        ("3m tot 5m", "3m..5m"),
        ("8m..3m", "3m..8m"),
        ("2..5m", "2m..5m"),
        ("3m…5m", "3m..5m"),
        ("1..3", None),
        ("3m--5m", None),
        ("1m-2m-3m", None),
    ],
)
def test_a_length(written: str, meant: str | None) -> None:
    assert loose.span(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("-20", "-20s"), ("− 20 sec", "-20s"), ("30", None), ("40,5%", "40.5%"), ("40 procent", "40%")],
)
def test_a_place(written: str, meant: str | None) -> None:
    assert loose.place(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("112 > 156", "112 -> 156"), ("150 to 160", "150 -> 160"), ("157,5", "157.5"), ("158 spm", "158")],
)
def test_a_cadence(written: str, meant: str) -> None:
    assert loose.cadence(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3-3", "3 in / 3 out"),
        ("3:2", "3 in / 2 out"),
        ("3 in 3 out", "3 in / 3 out"),
        ("3 in, 2 uit", "3 in / 2 out"),
        ("no", "none"),
        ("33", None),
        ("3", None),
    ],
)
def test_a_breath(written: str, meant: str | None) -> None:
    assert loose.breath(written) == meant


@pytest.mark.parametrize(("written", "meant"), [("6x", "6"), ("6 keer", "6"), ("0", None), ("six", None)])
def test_how_many_times(written: str, meant: str | None) -> None:
    assert loose.times(written) == meant


@pytest.mark.parametrize(("written", "meant"), [("Yes", "on"), ("uit", "off"), ("90 sec", "90s"), ("soft", None)])
def test_a_switch(written: str, meant: str | None) -> None:
    assert loose.switch(written) == meant
