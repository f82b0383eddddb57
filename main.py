"""Starts the program from its folder."""

from deliberation_app.app import main

if __name__ == "__main__":
    raise SystemExit(main())
