"""Free block, with no words of its own."""

from coach.blocks.kind import Kind, minutes_to_span

KIND = Kind(
    name="free",
    about="A stretch without words of its own: yours to fill, or to leave quiet.",
    example=(
        ("lasts", "2m..5m"),
        ("title", "Up the hill"),
        ("say", '"Short steps, and look ahead."'),
    ),
    lasts=minutes_to_span(2, 5),
)
