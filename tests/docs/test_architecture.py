"""Facts on the architecture page, against the code."""

from markdown_examples import DOCS, code_in, table
from test_layers import GROUND, LANGUAGE, MAY_IMPORT, SOUND

from coach.errors import ExitCode
from coach.play import playback_buffer, playback_session, speech_prefetch
from coach.play.screen import app

PAGE = "architecture.md"
GROUPS = {"ground": GROUND, "language": LANGUAGE, "sound": SOUND}


def test_the_table_of_rooms_is_the_order_that_is_enforced() -> None:
    rows = table(PAGE, "room")
    rooms = {
        code_in(row["room"])[0]: set(code_in(row["may import"])).union(
            *(rooms for name, rooms in GROUPS.items() if f"*{name}*" in row["may import"])
        )
        for row in rows
    }
    assert rooms == MAY_IMPORT
    assert len(rows) == len(rooms)


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    codes = [int(row["exit code"]) for row in table(PAGE, "what")]
    assert codes == [code for code in ExitCode if code is not ExitCode.OK]


def test_the_figures_of_the_live_path_are_those_of_the_code() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    facts = (
        f"beyond {playback_buffer.GUARD_S * 1000:g} ms",
        f"over {playback_session.SPLICE_S * 1000:g} ms",
        f"speaks the first {speech_prefetch.SPOKEN_FIRST_S:g} seconds",
    )
    assert [fact for fact in facts if fact not in page] == []
    assert playback_buffer.LEAD_S == 1.0  # "a second is mixed ahead"
    assert playback_session.MASTERING_S < 1.0  # "within a second"
    assert app.POLLS_PER_SECOND == 10.0  # "ten times a second"
