"""Say block, which lasts as long as its words."""

from coach.blocks.kind import Kind

KIND = Kind(
    name="say",
    about="Your own words, and nothing else. The block lasts as long as they do.",
    example=(("say", '"Here the path bends to the left."'),),
)
