"""What a person decides, the same from the command line and over HTTP."""

from api.decisions.judging import Asked, Decided, decide
from api.decisions.runs import run_lines, runs_to_json, undone_lines

__all__ = ["Asked", "Decided", "decide", "run_lines", "runs_to_json", "undone_lines"]
