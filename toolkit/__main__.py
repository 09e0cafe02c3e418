"""`python -m toolkit` is `toolkit`. A process that helps to build imports this again, so it imports nothing yet."""


def main() -> None:
    """Run the command line."""
    from toolkit.cli import main as run

    run()


if __name__ == "__main__":
    main()
