"""Where `toolkit` starts. A process that helps to build imports this again, so nothing is imported yet."""

import sys


def main() -> None:
    """Run what a person typed.

    Output is UTF-8 wherever it goes: reviews hold more letters than a Windows code page.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = sys.argv[1:]
    try:
        if words[:1] == ["build"]:
            from toolkit.builder import build, understood

            if (given := understood(words[1:])) is not None:
                sys.exit(build(**given))
        from toolkit.cli import app

        app()
    except KeyboardInterrupt:
        from toolkit.report import stopped

        stopped("Stopped.")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    main()
