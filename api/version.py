"""The program's own version."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Give the version installed; 0.0.0 where the program runs from a checkout."""
    try:
        return version("yiju")
    except PackageNotFoundError:
        return "0.0.0"
