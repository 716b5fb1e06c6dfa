"""The preview builder: from a text to its picture and its sound, in short steps."""

from pathlib import Path

import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ, hum
from preview_rig import FakeSpeechService, RecordingListener, Shown

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.audio.soundbank import SoundBank
from coach.sounds.clip import EMPTY_CLIP, blocks_to_pcm16
from coach.timeline.schedule import PlanOptions
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.virtual_wav import HEAD_BYTES, SoundVersions

HEAD = "coach: 1\ntitle: Proef\nlanguage: nl\n"
SHORT = HEAD + "blocks: [free: {lasts: 30s, say: [{at: 2s, text: een twee}, {at: 20s, text: WORDS}]}]\n"
LONG = HEAD + "blocks: [free: {lasts: 8m, ticks: on, say: [{every: 20s, text: WORDS}]}]\n"
TALKATIVE = HEAD + "blocks:\n" + "".join(f"  - free: {{lasts: 10s, say: regel {line}}}\n" for line in range(40))


class BuilderRig:
    """A preview builder with a fake voice, and a listener that records what it shows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.service = FakeSpeechService()
        self.versions = SoundVersions()
        self.listener = RecordingListener()
        self.builder = PreviewBuilder(self.versions, self.listener)

    def begin(self, text: str) -> None:
        self.builder.begin(session_texts.session(self.folder, text), PlanOptions(), self.service, {})

    def build(self, text: str) -> list[Shown]:
        """Build a preview to its end; return what was shown of it."""
        before = len(self.listener.shown)
        self.begin(text)
        while self.builder.step():
            pass
        return self.listener.shown[before:]

    def heard(self, shown: Shown) -> bytes:
        sound = self.versions.get(shown.sound)
        assert sound is not None
        return b"".join(sound.read(HEAD_BYTES, sound.size_bytes))


@pytest.fixture
def rig(tmp_path: Path) -> BuilderRig:
    return BuilderRig(tmp_path)


def rendered(shown: Shown) -> bytes:
    gain_db = mastering.measure_gain_db(shown.timeline, BANK, RATE_HZ)
    return b"".join(blocks_to_pcm16(mastering.master(Mixer(shown.timeline, BANK, RATE_HZ).iter_blocks(), gain_db)))


def test_first_there_is_a_picture_and_in_the_end_the_sound_of_a_render(rig: BuilderRig) -> None:
    picture, sounding = rig.build(SHORT)
    assert picture.sound == ""
    assert rig.heard(sounding) == rendered(sounding)


def test_the_picture_of_a_change_comes_with_the_previous_sound(rig: BuilderRig) -> None:
    (_, before) = rig.build(SHORT)
    picture, sounding = rig.build(SHORT.replace("WORDS", "drie vier vijf"))
    assert picture.sound == before.sound != sounding.sound
    assert rig.heard(sounding) == rendered(sounding) != rig.heard(before)


def test_only_words_that_are_new_are_spoken(rig: BuilderRig) -> None:
    rig.build(SHORT)
    rig.service.asked.clear()
    rig.build(SHORT.replace("WORDS", "drie vier"))
    assert rig.service.asked == [["drie vier"]]


def test_equal_sounds_keep_one_name(rig: BuilderRig) -> None:
    (_, before) = rig.build(SHORT)
    after = rig.build("# A note to myself.\n" + SHORT.replace("Proef", "Anders"))
    assert {shown.sound for shown in after} == {before.sound}
    assert after[-1].timeline.title == "Anders"


def test_many_words_are_heard_before_all_are_spoken(rig: BuilderRig) -> None:
    shown = rig.build(TALKATIVE)
    first, second, third, *_ = dict.fromkeys(each.sound for each in shown if each.sound)
    early = next(each for each in shown if each.sound == first)
    spoken = {words for some in rig.service.asked[:2] for words in some}
    bank = SoundBank(rate_hz=RATE_HZ, speech=lambda words: hum(words) if words.text in spoken else EMPTY_CLIP)
    blocks = mastering.master(Mixer(early.timeline, bank, RATE_HZ).iter_blocks(), 0.0)
    assert rig.heard(early) == b"".join(blocks_to_pcm16(blocks))
    assert [len(words) for words in rig.service.asked] == [4] * 10
    assert shown[-1].sound not in {first, second, third}
    assert rig.heard(shown[-1]) == rendered(shown[-1])


def test_words_are_spoken_ahead_of_the_listener(rig: BuilderRig) -> None:
    rig.versions.heard_until_s = 230.0
    rig.build(TALKATIVE)
    assert rig.service.asked[0] == [f"regel {line}" for line in range(20, 24)]
    assert rig.service.asked[5] == [f"regel {line}" for line in range(4)]


def test_a_long_session_is_heard_at_the_previous_gain_until_measured(rig: BuilderRig) -> None:
    shown = rig.build(LONG)
    (early, late) = dict.fromkeys(each.sound for each in shown if each.sound)
    sounds = [rig.versions.get(name) for name in (early, late)]
    exact_db = mastering.measure_gain_db(shown[-1].timeline, BANK, RATE_HZ)
    assert [sound.gain_db for sound in sounds if sound] == [0.0, exact_db]


def test_a_change_in_a_long_session_is_measured_at_once(rig: BuilderRig) -> None:
    text = LONG.replace("]}]", ", {at: 8s, text: OTHER}]}]")
    rig.build(text)
    after = rig.build(text.replace("OTHER", "drie vier"))
    assert len({each.sound for each in after}) == 2
    assert rig.heard(after[-1]) == rendered(after[-1])


def test_another_session_may_replace_it_at_any_step(rig: BuilderRig) -> None:
    rig.begin(TALKATIVE)
    rig.builder.step()
    rig.builder.step()
    shown = rig.build(SHORT)
    assert rig.service.asked == [[f"regel {line}" for line in range(4)], ["een twee", "WORDS"]]
    assert rig.heard(shown[-1]) == rendered(shown[-1])


def test_words_that_cannot_be_spoken_are_left_out_and_reported(rig: BuilderRig) -> None:
    rig.service.refuses = "WORDS"
    shown = rig.build(SHORT)
    assert shown[-1].refused == {"WORDS": "the voice is hoarse"}
    assert rig.service.asked == [["een twee", "WORDS"], ["een twee"], ["WORDS"]]
    assert shown[-1].sound != ""


def test_words_that_could_not_be_said_are_tried_again_at_the_next_save(rig: BuilderRig) -> None:
    rig.service.refuses = "WORDS"
    rig.build(SHORT)
    rig.service.refuses = ""
    shown = rig.build(SHORT)
    assert shown[-1].refused == {}
    assert rig.heard(shown[-1]) == rendered(shown[-1])


def test_a_block_that_fits_only_by_estimate_lasts_longer_once_spoken(rig: BuilderRig) -> None:
    shown = rig.build(HEAD + "blocks: [free: {lasts: 5s, say: a b c d e f g h i j k l m n}]\n")
    assert rig.listener.refused == []
    assert shown[0].timeline.length_s == 5.0
    assert shown[-1].timeline.length_s > 5.0
    assert rig.heard(shown[-1]) == rendered(shown[-1])


def test_a_session_that_does_not_fit_by_estimate_is_refused_whatever_the_voice(
    rig: BuilderRig,
) -> None:
    long_word = "onwaarschijnlijkerwijzenderhandelingsonbekwaamheidsverklaringsformulier"
    assert rig.build(HEAD + f"blocks: [free: {{lasts: 4s, say: {long_word}}}]\n") == []
    assert set(rig.listener.refused) == {"words-do-not-fit"}


def test_a_voice_is_loaded_once_for_the_next_save_whether_or_not_it_has_spoken(rig: BuilderRig) -> None:
    rig.build(SHORT)
    rig.build(SHORT.replace("een twee", "drie vier"))
    assert rig.service.woken == ["nl"]
    again = BuilderRig(rig.folder)
    again.service.spoken = rig.service.spoken
    again.build(SHORT)
    again.build(SHORT)
    assert again.service.woken == ["nl"]
