"""Run the command line: ``python -m api`` is ``yiju``."""

from api.command import main

if __name__ == "__main__":
    main()
