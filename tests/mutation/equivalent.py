"""The mutants that compute what the original computes: (module, name of the mutant) with the reason.

They are counted apart, and neither tried nor held against the tests.
"""

from __future__ import annotations

EQUIVALENT: dict[tuple[str, str], str] = {
    ("capitals", "_spellings: if not 0 ‹< → <=› minor < 100:"): (
        "零元 after a nought after 零元 fits nothing: the nought takes the 零 of the second"
    ),
    ("explain.allocations", "_left_before: if (gone.refund.day, ‹6 → 7›.0) < moment_of(allocation):"): (
        "money that pays stands at 3 or 5 within its day, so a refund of that day comes after it either way"
    ),
    ("pools", "CustomerPool._put: item.customer_entry += ‹1 → 2›"): "a number that grows, whatever the steps",
    ("pools", "CustomerPool.go_to: …= item.customer_entry and item.open ‹> → >=› 0:"): (
        "what nothing is open of is dropped when it comes to the top"
    ),
    ("matching", "_Halves.__init__: exact = sum(amounts) ‹< → <=› _LARGEST_SUM"): (
        "both ways of adding give the same sum at the bound"
    ),
    ("workdays", "_official: china.get(date(last_year + 1, ‹1 → 2›, 1))"): "any day of a year fills the year",
    ("workdays", "_official: china.get(date(last_year + 1, 1, ‹1 → 2›))"): "any day of a year fills the year",
}
