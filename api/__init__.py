"""Entry points: settings, command line, HTTP interface, pages and reports."""
