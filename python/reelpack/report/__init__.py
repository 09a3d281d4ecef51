"""The audit as a page that people look at: the whole report, and a summary for notebooks.

Nothing is decided here: the verdict, the findings and the states of the frames come from the audit.
Names, messages and header texts come from anywhere, and are escaped.
"""

from reelpack.report.page import render_html
from reelpack.report.summary import summary_html

__all__ = ["render_html", "summary_html"]
