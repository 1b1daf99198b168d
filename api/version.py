"""The program's own version."""


def program_version() -> str:
    """Give the version installed; 0.0.0 where the program runs from a checkout."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - 40 ms

    try:
        return version("yiju")
    except PackageNotFoundError:
        return "0.0.0"
