"""The names of the commands and what `reelpack --help` says.

No more than text, so that it is printed without the command framework or any command.
"""

__all__ = ["COMMANDS", "HELP"]

COMMANDS = (
    "checksum",
    "zip",
    "copy",
    "verify",
    "sequences",
    "preflight",
    "audit",
    "imf",
    "cut",
    "lto",
    "backlot",
    "sandbox",
    "state",
)
"""The commands; each is the `command` of the module of its name in this package."""

HELP = """\
Usage: reelpack [OPTIONS] COMMAND [ARGS]...

  List, pack, copy, verify, audit and deliver frame sequences and IMF packages.

  Exit codes: 0 well, 1 findings, 2 could not answer, 130 interrupted.

Options:
  --version   print the version
  -h, --help  show this message, or the options of a command

Commands:
  checksum   write a `checksum.txt` beside the frames
  zip        pack the frames into a stored zip with their list
  copy       copy a folder and write its lists
  verify     check a folder or a zip against its lists
  sequences  show the frame sequences of a tree, and what is missing in them
  preflight  hold a delivery against the rules of a profile, without reading it
  audit      read a delivery once: rules, frames, digests, lists and a report
  imf        look into IMF packages, verify, compare, make and deliver them
  cut        check cuts and proxies, put their header first, plan the upload
  lto        plan, label, list and check shipments of LTO tapes
  backlot    look at source requests of the studio's portal, and deliver to them
  sandbox    run a local Backlot to rehearse on
  state      show or clear what earlier runs remembered

For completion in bash (zsh and fish have theirs):
  eval "$(_REELPACK_COMPLETE=bash_source reelpack)"
"""
