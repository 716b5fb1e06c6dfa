from collections.abc import Callable

from coach_process import Ran

TABLE = """\
session          form       length  speaks  title
breath-3-3       other      10m     nl en   Drie in en drie uit / Three in and three out
calm             other      5m      nl en   Even tot rust / A quiet moment
evening-unwind   reset      20m     nl en   De avond in / Into the evening
first-time       other      15m     nl en   Je eerste keer / Your first time
forest-run       trail      30m     nl en   Bosloop / Forest run
light-intervals  intervals  28m     nl en   Lichte minuten / Light minutes
long-easy        long       50m     nl en   Lang en rustig / Long and easy
mindful-run      mindful    25m     nl en   Aandachtig lopen / Mindful run
reset-run        reset      24m     nl en   Korte reset-run / Short reset run
walk-and-jog     other      22m     nl en   Wandelen en draven / Walk and jog
walk-out         other      5m      nl en   Rustig uitwandelen / A gentle walk-out
"""


def test_every_shipped_session_has_a_line(coach: Callable[..., Ran]) -> None:
    assert coach("list") == Ran(code=0, out=TABLE, err="")
