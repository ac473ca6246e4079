"""What is told of words that were read off pictures: how sure they are, and the mark that they bear."""

CONFIDENCE = 0.75
"""What a fact read off a picture is trusted with at most: one wrong sign in a hundred may be the digit
of a sum, so that nothing firm (.80 and above) may rest on it before a person has looked."""
SIGN = "（文字识别）"
"""What its place ends with where it is told in words."""


def note(pages: str) -> str:
    """What a run report says of pages, given in words, that were read off their pictures."""
    return f"{pages}为扫描件，由文字识别（OCR）读出，请对照原件核对"
