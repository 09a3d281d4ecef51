"""The paths that a sandbox answers: those of the contract, and its own under ``/sandbox``."""
