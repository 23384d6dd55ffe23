"""`python -m reviewkit.cli`, the same as the command `reviewkit`."""

from reviewkit.cli import main

main(prog_name="reviewkit")
