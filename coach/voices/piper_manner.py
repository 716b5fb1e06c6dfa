"""How Piper voices speak: their pace, and the seed of what each model leaves to chance, as much as its config says."""

# Within a sentence; with the pauses between sentences some 115, about as the built-in voices.
PACE_WPM = 130.0
SEED = 0
SENTENCE_PAUSE_S = 0.7
# Drawn out further, vowels blur: en_US-joe-medium, which reads at 250, was misheard in 2.5 words of 100 at 1.6 times
# its own length, and in 4 at 2.1. At 1.75 it is no quicker than 135 words a minute, pauses included.
SLOWEST = 1.75
QUICKEST = 0.8
# Said once by each model at its own pace, to find out what that is: without commas, as their pauses differ.
MEASURE = {
    "en": "Feel how your feet meet the ground with every step while your shoulders sink and your breath grows quiet.",
    "nl": "Voel hoe je voeten bij elke stap de grond raken terwijl je schouders zakken en je adem rustiger wordt.",
}
MANNER = (PACE_WPM, SEED, SENTENCE_PAUSE_S, SLOWEST, QUICKEST, tuple(MEASURE.values()))
