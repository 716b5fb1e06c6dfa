"""How the diary's file is laid out, and the steps that brought it there."""

APPLICATION_ID = int.from_bytes(b"Adem")

# Each step takes a file from one version to the next. Files with earlier steps are out there: add, never change.
STEPS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE run (
            id TEXT NOT NULL PRIMARY KEY,
            started_at TEXT NOT NULL,
            language TEXT NOT NULL,
            session TEXT,
            title TEXT,
            form TEXT,
            length_s REAL,
            cadence_spm REAL,
            ran_s REAL NOT NULL,
            ended TEXT NOT NULL CHECK (ended IN ('finished', 'walked-out', 'stopped', 'open')),
            tension_before INTEGER CHECK (tension_before BETWEEN 1 AND 10),
            tension_after INTEGER CHECK (tension_after BETWEEN 1 AND 10),
            need TEXT CHECK (need IN ('movement', 'silence', 'rhythm', 'fresh-air')),
            wanted_s REAL,
            lighter TEXT
        )
        """,
    ),
)
