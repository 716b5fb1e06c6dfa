"""Pictures: of a timeline, and what any picture is made of."""
