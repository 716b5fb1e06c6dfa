from fake_controls import status
from timeline_builders import speech

from coach.play.screen.key_controller import RecentWords

SENTENCE = speech("Voel de grond.", 400.0, block=2)


def test_words_stay_three_seconds_after_they_were_heard() -> None:
    heard = RecentWords()
    assert heard.still(status(position_s=402.0, speech=SENTENCE)) == "Voel de grond."
    assert heard.still(status(position_s=406.9, speech=None)) == "Voel de grond."
    assert heard.still(status(position_s=407.0, speech=None)) == ""


def test_before_the_first_words_there_are_none() -> None:
    assert RecentWords().still(status(speech=None)) == ""


def test_another_block_takes_the_words_away() -> None:
    heard = RecentWords()
    heard.still(status(position_s=402.0, speech=SENTENCE))
    assert heard.still(status(position_s=404.5, block=3, speech=None)) == ""


def test_going_back_takes_them_away() -> None:
    heard = RecentWords()
    heard.still(status(position_s=402.0, speech=SENTENCE))
    assert heard.still(status(position_s=310.0, speech=None)) == ""
