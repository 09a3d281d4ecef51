"""What tests, demo and benches are made of: frames, trees, the real npack, our commands.

A regular package on purpose: mkdocs-material brings along one of this name, and would hide a folder
without this file.
"""
