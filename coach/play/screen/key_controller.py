"""Key controller: what each key does in each mode of the screen, tap tempo included."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log
from statistics import median
from typing import Literal

from coach.languages import find_language
from coach.languages.screen_words import ScreenWords
from coach.play.playback_status import Controls, PlaybackStatus
from coach.play.screen import presenter
from coach.play.screen.presenter import Figure, Key, ScreenView
from coach.text.sanitize import clean_text
from coach.timeline.timeline import Speech
from coach.units import SECONDS_PER_MINUTE

LEAST_TAPS = 8
MOST_TAPS = 24
OUTLIER_SHARE = 0.25
STEADY_SHARE = 0.7
BOUNCE_S = 0.15
EVERY_SECOND_STEP_SPM = (55.0, 110.0)
POSSIBLE_SPM = (60.0, 220.0)


class TapTempo:
    """Measures a cadence from taps on each step. Only the latest taps count, so that a hasty start is forgotten."""

    def __init__(self) -> None:
        self._at_s: list[float] = []
        self.count = 0

    def tap(self, at_s: float) -> None:
        """Add a tap at a monotonic time; one that a bouncing key repeats is ignored."""
        if self._at_s and at_s - self._at_s[-1] < BOUNCE_S:
            return
        self.count += 1
        self._at_s = [*self._at_s, at_s][-MOST_TAPS:]

    @property
    def last_s(self) -> float | None:
        """The time of the last tap."""
        return self._at_s[-1] if self._at_s else None

    def compute_cadence_spm(self, *, running: bool, current_spm: float) -> float | None:
        """Compute the steps per minute shown, or None as long as the taps are too few or too uneven.

        It is that of the median interval; missed and doubled taps, a quarter or more off the median, are left out,
        and must be few. 55 to 110 taps a minute while running are taken for every second step, unless that rhythm is
        nearer to the cadence so far, as in the walking that a run begins and ends with.
        """
        intervals = [later - earlier for earlier, later in zip(self._at_s, self._at_s[1:], strict=False)]
        if len(self._at_s) < LEAST_TAPS:
            return None
        usual_s = median(intervals)
        steady = [interval for interval in intervals if abs(interval - usual_s) < OUTLIER_SHARE * usual_s]
        if len(steady) < STEADY_SHARE * len(intervals):
            return None
        spm = SECONDS_PER_MINUTE / median(steady)
        if running and _is_every_second_step(spm, current_spm):
            spm *= 2.0
        return spm if POSSIBLE_SPM[0] <= spm <= POSSIBLE_SPM[1] else None


def _is_every_second_step(spm: float, current_spm: float) -> bool:
    slowest, fastest = EVERY_SECOND_STEP_SPM
    return slowest <= spm <= fastest and abs(log(2.0 * spm / current_spm)) < abs(log(spm / current_spm))


STAYS_S = 3.0


class RecentWords:
    """Keeps the last words on the screen for a few seconds of playback, within their block."""

    def __init__(self) -> None:
        self._speech: Speech | None = None

    def update(self, status: PlaybackStatus) -> str:
        """Choose the words to show at this status: those being said, or those said just before, cleaned; or none."""
        self._speech = status.speech or self._speech
        if self._speech is None or self._speech.block != status.block:
            return ""
        ago_s = status.position_s - self._speech.end_s
        return clean_text(self._speech.text) if status.speech or 0.0 <= ago_s < STAYS_S else ""


Mode = Literal["running", "asking", "tapping", "helping", "stopping"]

CADENCE_BY_SPM = 2.0
LEVEL_BY_DB = 2.0
TAPPING_ENDS_S = 2.0
REMARK_S = 4.0


class KeyController:
    """Handles keys, given by the character they type or else by name, and makes views. The time is always passed in.

    ``stopped_twice`` is set when the runner asks to stop while the run is stopping already.
    """

    def __init__(self, controls: Controls) -> None:
        self.stopped_twice = False
        self._controls = controls
        self._mode: Mode = "running"
        self._level: Literal["ticks", "voice"] = "voice"
        self._taps = TapTempo()
        self._remark = ""
        self._remark_until_s = 0.0
        self._recent_words = RecentWords()

    def press(self, key: str, at_s: float) -> None:
        """Handle a key, at a monotonic time in seconds."""
        if key == "ctrl+c":
            self._stop()
        elif self._mode == "asking":
            self._handle_answer(key)
        elif self._mode == "tapping":
            self._handle_tapping(key, at_s)
        elif self._mode == "helping":
            self._mode = "running"
        else:
            self._handle_command(key, at_s)

    def make_view(self, status: PlaybackStatus, at_s: float) -> ScreenView:
        """Make the view to show at a time of the same clock."""
        last_s = self._taps.last_s
        if self._mode == "tapping" and last_s is not None and at_s - last_s >= TAPPING_ENDS_S:
            self._end_tapping(status, at_s)
        words = find_language(status.timeline.language).screen
        shown = self._keep_words(presenter.present(status), status)
        shown = replace(shown, keys=tuple(self._name_level_key(key, words) for key in shown.keys))
        if self._remark and at_s < self._remark_until_s:
            shown = replace(shown, notice=self._remark)
        change_view = {
            "asking": self._show_question,
            "tapping": self._show_tapping,
            "helping": self._show_help,
            "stopping": self._show_stopping,
        }.get(self._mode)
        return change_view(shown, status, words) if change_view else shown

    def _keep_words(self, shown: ScreenView, status: PlaybackStatus) -> ScreenView:
        """Keep words for a while after they were said, as reading takes longer while running."""
        lingering = self._recent_words.update(status)
        return replace(shown, words=lingering, spoken=False) if lingering and not shown.words else shown

    def _name_level_key(self, key: Key, words: ScreenWords) -> Key:
        chosen = words.keys.ticks if self._level == "ticks" else words.keys.voice
        return replace(key, does=chosen) if key.key == presenter.LEVEL_KEYS else key

    def _handle_command(self, key: str, at_s: float) -> None:
        status = self._controls.get_status()
        if status.state == "waiting" and key in {"space", "enter", "n"}:
            self._controls.begin_now()
            return
        acts: Mapping[str, Callable[[], None]] = {
            "space": self._controls.toggle_pause,
            "right": self._controls.go_to_next_block,
            "left": self._controls.go_to_previous_block,
            **dict.fromkeys("+=", lambda: self._controls.change_cadence(CADENCE_BY_SPM)),
            **dict.fromkeys("-_", lambda: self._controls.change_cadence(-CADENCE_BY_SPM)),
            "up": lambda: self._change_level(LEVEL_BY_DB),
            "down": lambda: self._change_level(-LEVEL_BY_DB),
            "t": lambda: self._choose("ticks", status, at_s),
            "v": lambda: self._choose("voice", status, at_s),
            "g": self._controls.cycle_guidance,
            "T": self._begin_tapping,
            "q": lambda: self._set_mode("asking"),
            "?": lambda: self._set_mode("helping"),
        }
        self._remark = ""
        acts.get(key, lambda: None)()

    def _set_mode(self, mode: Mode) -> None:
        self._mode = mode

    def _stop(self) -> None:
        self.stopped_twice = self._mode == "stopping"
        self._mode = "stopping"
        self._controls.stop()

    def _handle_answer(self, key: str) -> None:
        if key == "s":
            self._stop()
        elif key == "w" and self._controls.can_walk_out():
            self._mode = "running"
            self._controls.walk_out()
        elif key in {"escape", "space", "enter"}:
            self._mode = "running"

    def _change_level(self, by_db: float) -> None:
        (self._controls.change_ticks if self._level == "ticks" else self._controls.change_voice)(by_db)

    def _choose(self, level: Literal["ticks", "voice"], status: PlaybackStatus, at_s: float) -> None:
        words = find_language(status.timeline.language).screen
        self._level = level
        name, gain_db = (words.ticks, status.ticks_db) if level == "ticks" else (words.voice, status.voice_db)
        chosen = words.level.format(name=name, level=presenter.format_level(gain_db, words))
        self._show_remark(f"{chosen}   ↑ {words.louder}   ↓ {words.softer}", at_s)

    def _show_remark(self, remark: str, at_s: float) -> None:
        self._remark, self._remark_until_s = remark, at_s + REMARK_S

    def _begin_tapping(self) -> None:
        self._mode = "tapping"
        self._taps = TapTempo()

    def _handle_tapping(self, key: str, at_s: float) -> None:
        if key == "escape":
            self._mode = "running"
        elif key == "enter":
            self._end_tapping(self._controls.get_status(), at_s)
        else:
            self._taps.tap(at_s)

    def _end_tapping(self, status: PlaybackStatus, at_s: float) -> None:
        self._mode = "running"
        measured_spm = self._measure_spm(status)
        if measured_spm is None:
            self._show_remark(find_language(status.timeline.language).screen.tap_again, at_s)
        else:
            self._controls.set_cadence(float(round(measured_spm)))

    def _measure_spm(self, status: PlaybackStatus) -> float | None:
        running = status.timeline.blocks[status.block].running
        return self._taps.compute_cadence_spm(running=running, current_spm=status.cadence_spm)

    def _show_question(self, shown: ScreenView, _: PlaybackStatus, words: ScreenWords) -> ScreenView:
        walk_out = (Key(key="w", does=words.walk_out),) if self._controls.can_walk_out() else ()
        choices = (*walk_out, Key(key="s", does=words.stop_now), Key(key=words.key_names.escape, does=words.go_on))
        return replace(shown, title=words.stop_title, choices=choices, keys=())

    def _show_tapping(self, shown: ScreenView, status: PlaybackStatus, words: ScreenWords) -> ScreenView:
        spm, count = self._measure_spm(status), self._taps.count
        rhythm = presenter.make_cadence_figure(status.cadence_spm if spm is None else spm, words)
        counted = Figure(digits=f"{count}", caption=words.taps, short=words.taps_short.format(count=count))
        return replace(
            shown,
            title=words.tap_title,
            figures=(replace(rhythm, digits="-") if spm is None else rhythm, counted),
            words=words.tap_words,
            breath=None,
            keys=(
                Key(key=words.key_names.enter, does=words.keys.done),
                Key(key=words.key_names.escape, does=words.keys.back),
            ),
        )

    def _show_help(self, shown: ScreenView, status: PlaybackStatus, words: ScreenWords) -> ScreenView:
        return replace(
            shown,
            title=words.help_title,
            choices=presenter.list_keys(status, words),
            keys=(Key(key=words.key_names.escape, does=words.keys.back),),
        )

    def _show_stopping(self, shown: ScreenView, _: PlaybackStatus, words: ScreenWords) -> ScreenView:
        return replace(shown, words=words.stopping, notice="", keys=())
