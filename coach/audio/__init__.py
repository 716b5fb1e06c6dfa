"""From a timeline to blocks of samples."""
