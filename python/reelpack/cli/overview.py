"""The names of the commands and what `reelpack --help` says.

No more than text, so that it is printed without the command framework or any command.
"""

__all__ = ["COMMANDS", "HELP"]

COMMANDS = ("checksum", "zip", "copy", "verify", "state")
"""The commands; each is the `command` of the module of its name in this package."""

HELP = """\
Usage: reelpack [OPTIONS] COMMAND [ARGS]...

  List, pack, copy and verify frame sequences.

  Exit codes: 0 well, 1 findings, 2 could not answer, 130 interrupted.

Options:
  --version   print the version
  -h, --help  show this message, or the options of a command

Commands:
  checksum  write a `checksum.txt` beside the frames
  zip       pack the frames into a stored zip with their list
  copy      copy a folder and write its lists
  verify    check a folder, a `checksum.txt` or a zip against its list
  state     show or clear what earlier runs remembered

For completion in bash (zsh and fish have theirs):
  eval "$(_REELPACK_COMPLETE=bash_source reelpack)"
"""
