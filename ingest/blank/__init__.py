"""Blank forms for those who report: the headers, choices and explanations that the readers know."""
