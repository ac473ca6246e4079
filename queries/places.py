"""Places in files, in words for a reader."""

from kg.model import Claim, Place


def place_in_words(place: Place) -> str:
    """Sheet, row, page, block and characters as far as they are known; "" when none is."""
    in_table = bool(place.row and not place.sheet and (place.page or place.block))
    row = f"第{place.row}行" if place.row else ""
    parts = [
        f"工作表「{place.sheet}」" if place.sheet else "",
        "" if in_table else row,
        f"第{place.column}列" if place.column else "",
        f"第{place.page}页" if place.page else "",
        f"第{place.block}段" if place.block and not place.sheet else "",
        f"的表格{row}" if in_table else "",
        f"第{place.start + 1}至{place.end}字" if place.start is not None and place.end is not None else "",
    ]
    return "".join(parts)


def claimed_place(claim: Claim) -> str:
    """Where the words of a claim stand, and whether they were read off a picture."""
    return place_in_words(claim.place) + ("（文字识别）" if claim.is_recognised else "")
