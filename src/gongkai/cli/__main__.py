"""`python -m gongkai.cli`: the same command, for a process that starts itself."""

from gongkai.cli import main

main()
