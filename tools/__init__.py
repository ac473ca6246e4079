"""Programs that help to develop and to try the project; not part of the package."""
