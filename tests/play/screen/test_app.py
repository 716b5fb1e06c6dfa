import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fake_controls import FakeControls, status
from screen_snapshots import kept, plain
from textual.pilot import Pilot

from coach.play.screen.app import RunScreen
from coach.play.screen.terminal_style import TerminalStyle

Steps = Callable[["Trial"], Awaitable[None]]


class Trial:
    """A screen without a real terminal, with a clock that the test sets."""

    def __init__(self, controls: FakeControls | None = None, *, style: TerminalStyle | None = None) -> None:
        self.controls = controls or FakeControls(status("nl"))
        self.now_s = 0.0
        self.app = RunScreen(self.controls, clock=lambda: self.now_s, style=style or TerminalStyle(colour=False))
        self.pilot: Pilot[None]

    async def press(self, *keys: str, each_s: float = 0.0) -> None:
        for key in keys:
            self.now_s += each_s
            await self.pilot.press(key)

    async def shown(self) -> str:
        """The screen's text once it has been looked at again."""
        self.app.redraw()
        await self.pilot.pause()
        strips = self.app.screen._compositor.render_strips()
        return plain(["".join(segment.text for segment in strip) for strip in strips])

    def go(self, steps: Steps, size: tuple[int, int] = (80, 24)) -> "Trial":
        async def run() -> None:
            async with self.app.run_test(size=size) as self.pilot:
                await steps(self)

        asyncio.run(run())
        return self


def after(*keys: str, controls: FakeControls | None = None) -> list[str]:
    """What a run was asked by these keys, pressed on the real screen."""

    async def steps(trial: Trial) -> None:
        await trial.press(*keys, each_s=0.38)

    return Trial(controls).go(steps).controls.asked


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (["space"], ["toggle pause"]),
        (["right", "left"], ["next block", "previous block"]),
        (["plus", "equals_sign"], ["change cadence by +2"] * 2),
        (["minus", "underscore"], ["change cadence by -2"] * 2),
        (["up", "t", "down", "v", "down"], ["voice louder by +2", "ticks louder by -2", "voice louder by -2"]),
        (["g"], ["less guidance"]),
        (["q", "w"], ["walk out"]),
        (["q", "escape", "g"], ["less guidance"]),
        (["question_mark", "g", "g"], ["less guidance"]),
        (["T", *["T", "space", "j"] * 3, "enter"], ["set cadence to 158"]),
        (["T", *["T"] * 9, "escape"], []),
        (["q", "s"], ["stop"]),
        (["ctrl+c"], ["stop"]),
        (["ctrl+q"], ["stop"]),
        (["tab", "enter", "f1", "ctrl+p"], []),
    ],
    ids=" ".join,
)
def test_keys_reach_the_run(keys: list[str], asked: list[str]) -> None:
    assert after(*keys) == asked


@pytest.mark.parametrize("key", ["space", "enter", "n"])
def test_a_run_that_waits_is_begun(key: str) -> None:
    assert after(key, controls=FakeControls(status(state="waiting"))) == ["begin now"]


@pytest.mark.parametrize(("width", "height"), [(80, 24), (40, 12)])
def test_the_terminal_shows_the_laid_out_rows(width: int, height: int) -> None:
    async def steps(trial: Trial) -> None:
        shown = await trial.shown()
        assert shown == kept(f"{width}x{height} nl playing", shown)

    Trial().go(steps, size=(width, height))


def test_the_screen_follows_the_run() -> None:
    async def steps(trial: Trial) -> None:
        before = await trial.shown()
        trial.controls.now(state="paused", breath=None)
        paused = await trial.shown()
        assert "Neem de tijd." not in before
        assert "Neem de tijd." in paused

    Trial().go(steps)


def test_only_rows_that_changed_are_drawn_again() -> None:
    async def steps(trial: Trial) -> None:
        await trial.shown()
        drawn: list[int] = []
        render_line = trial.app._canvas.render_line
        trial.app._canvas.render_line = lambda y: (drawn.append(y), render_line(y))[1]  # type: ignore[func-returns-value, method-assign]
        await trial.shown()
        assert drawn == []
        trial.controls.now(cadence_spm=159.0)
        await trial.shown()
        assert set(drawn) <= {12, 13, 14}
        assert drawn

    Trial().go(steps)


def test_a_new_size_is_filled_at_once() -> None:
    async def steps(trial: Trial) -> None:
        await trial.pilot.resize_terminal(40, 12)
        shown = await trial.shown()
        assert shown == kept("40x12 nl playing", shown)
        await trial.pilot.resize_terminal(7, 2)
        assert len((await trial.shown()).splitlines()) == 2

    Trial().go(steps)


def test_tapping_ends_by_itself_and_is_shown_until_then() -> None:
    async def steps(trial: Trial) -> None:
        await trial.press("T", *["x"] * 9, each_s=0.375)
        assert "keer getikt" in await trial.shown()
        trial.now_s += 2.0
        assert "keer getikt" not in await trial.shown()
        assert trial.controls.asked == ["set cadence to 160"]

    Trial().go(steps)


def test_it_closes_when_the_run_has_ended() -> None:
    async def steps(trial: Trial) -> None:
        trial.controls.now(state="ended")
        trial.app.redraw()
        await trial.pilot.pause()
        assert not trial.app.is_running

    assert Trial().go(steps).app.return_code == 0


def test_a_second_ctrl_c_does_not_wait_for_a_run_that_does_not_end() -> None:
    controls = FakeControls(status("nl"))
    controls.stop_takes_a_look()

    async def steps(trial: Trial) -> None:
        await trial.press("ctrl+c")
        assert "We stoppen." in await trial.shown()
        await trial.press("ctrl+c")

    trial = Trial(controls).go(steps)
    assert trial.controls.asked == ["stop", "stop"]
    assert trial.app.return_code == 0


def test_colours_are_those_of_the_palette_on_night_paper() -> None:
    async def steps(trial: Trial) -> None:
        await trial.shown()
        strips = trial.app.screen._compositor.render_strips()
        colours = {str(part.style.color.name) for strip in strips for part in strip if part.style and part.style.color}
        papers = {part.style.bgcolor.name for strip in strips for part in strip if part.style and part.style.bgcolor}
        assert {"#e8edf0", "#86b8d1"} <= colours
        assert papers == {"#17212b", "#86b8d1"}

    Trial(style=TerminalStyle()).go(steps)


def test_without_colours_none_is_sent() -> None:
    async def steps(trial: Trial) -> None:
        await trial.shown()
        strips = trial.app.screen._compositor.render_strips()
        styles = [part.style for strip in strips for part in strip if part.style]
        assert {(style.color and style.color.name, style.bgcolor and style.bgcolor.name) for style in styles} <= {
            (None, None),
            ("default", "default"),
            (None, "default"),
        }

    Trial().go(steps)
