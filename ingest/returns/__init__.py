"""Workbooks handed back to those who sent them, with what is to be mended marked in them."""
