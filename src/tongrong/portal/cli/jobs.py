"""The process that does the jobs of a server, started by `tongrong serve`."""

import argparse


def main() -> None:
    """Do the jobs until the standard input closes."""
    words = argparse.ArgumentParser()
    words.add_argument("--keep-day", action="store_true")
    asked = words.parse_args()
    from tongrong.portal.cli import inputs

    inputs.start_django()
    from tongrong.portal.jobs.runner import Runner

    Runner(keep_day=asked.keep_day).run()


if __name__ == "__main__":
    main()
