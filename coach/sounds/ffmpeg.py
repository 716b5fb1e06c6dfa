"""Where ffmpeg is: inside a Python package, so that nobody has to install it."""

from coach.errors import OutsideError


def ffmpeg_path() -> str:
    """The path of the ffmpeg program; the environment variable ``IMAGEIO_FFMPEG_EXE`` names another one.

    Raises:
        OutsideError: there is none for this kind of machine.
    """
    from imageio_ffmpeg import get_ffmpeg_exe  # noqa: PLC0415 - only unusual formats need it

    try:
        return str(get_ffmpeg_exe())
    except RuntimeError as error:
        raise OutsideError(
            "ffmpeg was needed for this audio format, and none was found",
            help="install ffmpeg, or set IMAGEIO_FFMPEG_EXE to its path; WAV, FLAC, Ogg and MP3 need none",
        ) from error
