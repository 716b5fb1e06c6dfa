"""Walking and running, told apart by their steps."""

# People walk at 100 to 115 steps a minute and run at 150 or more, however slowly; between lies hardly anyone.
RUNNING_FROM_SPM = 130.0


def is_running(spm: float) -> bool:
    """Whether so many steps a minute are a run."""
    return spm >= RUNNING_FROM_SPM
