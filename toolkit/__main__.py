"""Where `toolkit` starts. A process that helps to build imports this again, so nothing is imported yet."""

import sys


def main() -> None:
    """Run what a person typed.

    Output is UTF-8 wherever it goes: reviews hold more letters than a Windows code page.
    """
    words = sys.argv[1:]
    try:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        if words[:1] == ["build"]:
            from toolkit.builder import build, understood

            if (given := understood(words[1:])) is not None:
                sys.exit(build(**given))
        from toolkit.cli import app
        from toolkit.mistyped import run

        sys.exit(run(app, words))
    except KeyboardInterrupt:
        _stopped()
    except SystemExit as error:
        if error.code == 130:  # typer has met Ctrl-C, and says nothing
            _stopped()
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except BaseException as error:
        # The name is that of a panic in typst, which happens when memory is short.
        if not isinstance(error, OSError | ImportError | MemoryError) and "Panic" not in type(error).__name__:
            raise
        from pathlib import Path

        from toolkit.files import unforeseen
        from toolkit.report import tell

        tell([unforeseen(Path("toolkit"), error)])
        sys.exit(1)


def _stopped() -> None:
    from toolkit.report import stopped

    stopped("Stopped.")


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()
    main()
