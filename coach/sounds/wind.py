"""Wind, and the floor that lies under every session."""

from coach.sounds.loops import (
    FIVES,
    FIVES_OF_POINTS,
    SEVENS,
    SEVENS_OF_POINTS,
    THREES,
    TWOS,
    Layer,
    noise_loop,
    swell_db,
    wandering,
)
from coach.sounds.scenery import Scenery


def wind(rate_hz: int) -> Scenery:
    """Wind over open ground: gusts of many seconds, brighter as they grow."""
    gusts = wandering(FIVES_OF_POINTS, slowest_s=30.0, quickest_s=4.0, seed=11)
    lulls = wandering(SEVENS_OF_POINTS, slowest_s=40.0, quickest_s=6.0, seed=12)
    return Scenery(
        rate_hz=rate_hz,
        layers=(
            Layer(noise_loop(SEVENS, rate_hz, low_hz=70, high_hz=240, level=0.8, seed=13), swell_db(1.8, lulls)),
            Layer(noise_loop(THREES, rate_hz, low_hz=220, high_hz=650, level=0.8, seed=14), swell_db(2.4, gusts)),
            Layer(noise_loop(TWOS, rate_hz, low_hz=600, high_hz=1500, level=0.25, seed=15), swell_db(4.5, gusts)),
        ),
    )


def floor(rate_hz: int) -> Scenery:
    """Hardly anything: low noise that is never quite silent."""
    return Scenery(
        rate_hz=rate_hz,
        layers=(
            Layer(noise_loop(THREES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=41)),
            Layer(noise_loop(FIVES, rate_hz, low_hz=60, high_hz=350, level=1.0, seed=42)),
        ),
    )
