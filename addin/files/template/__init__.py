"""The standard workbook, made from the declaration of its tables.

``python -m addin.files.template`` writes both languages into `workbook_templates/`; a test compares
the committed files with a fresh build.
"""

from addin.files.template.book import make_template
from addin.files.template.figures import Debtor, Figures, dashboard_values
from addin.files.template.places import (
    FIRST_ROW,
    HEADING_ROW,
    LAST_ROW,
    RunStamp,
    dashboard_edits,
    run_stamp,
)

__all__ = [
    "FIRST_ROW",
    "HEADING_ROW",
    "LAST_ROW",
    "Debtor",
    "Figures",
    "RunStamp",
    "dashboard_edits",
    "dashboard_values",
    "make_template",
    "run_stamp",
]
