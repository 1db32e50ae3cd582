"""python run.py: the server, ready to use, whatever the system."""

import sys

from course.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
