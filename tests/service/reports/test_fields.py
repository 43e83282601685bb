"""The page of fields of report templates lists just what there is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from addin.documents.render import check_fields
from addin.documents.reports import rendering
from addin.documents.templates.report_fields import REPORT_FIELDS, report_fields_page
from addin.documents.templates.reports import REPORTS
from addin.model.text import LANGUAGES
from addin.service.reports.making import write_reports
from addin.service.reports.orders import Wanted
from addin.service.reports.records import Records


@pytest.fixture(scope="module")
def shapes(records: Callable[[str], Records], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What each report's template may ask for, as the program checks it."""
    found = {}

    def watched(template: Path, context: object, shape: object) -> bytes:
        found[template.stem] = shape
        return made(template, context, shape)

    made: Any = rendering.render
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render", watched)
        for wanted in (
            Wanted("evidence", contract="HT-2025-004"),
            Wanted("settlement", contract="HT-2024-005"),
            Wanted("completion", contract="HT-2024-005"),
            Wanted("card", customer="C009"),
            Wanted("statement", customer="C009"),
        ):
            write_reports(records("en").dossier, wanted, out=tmp_path_factory.mktemp("out"))
    return found


def groups(shape: Mapping[str, Any], name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Names of fields by group: a row's under ``rows[]``, those below a name under it."""
    yield name, {key for key, value in shape.items() if not isinstance(value, dict | list)}
    for key, value in shape.items():
        inner = f"{name}.{key}".lstrip(".")
        if isinstance(value, dict):
            yield from groups(value, inner)
        if isinstance(value, list):
            yield from groups(value[0], f"{inner}[]")


@pytest.mark.parametrize("kind", REPORTS)
def test_the_page_lists_just_what_there_is(shapes: Mapping[str, Any], kind: str) -> None:
    listed = {group: set(fields) for group, fields in REPORT_FIELDS[kind].items()}
    assert listed == dict(groups(shapes[kind]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", REPORTS)
def test_our_templates_ask_for_nothing_else(kind: str, language: str) -> None:
    from addin.assets import templates

    shape: dict[str, Any] = {}
    for group, fields in REPORT_FIELDS[kind].items():
        place: Any = shape
        for part in filter(None, group.split(".")):
            rows = place.setdefault(part.removesuffix("[]"), [{}] if part.endswith("[]") else {})
            place = rows[0] if part.endswith("[]") else rows
        place.update(dict.fromkeys(fields, ""))
    check_fields(templates() / "reports" / language / f"{kind}.docx", shape)


def test_what_several_have_alike_stands_once() -> None:
    page = report_fields_page()
    assert page.count("| `firm.uscc` |") == 1 and page.count("| `accepted_by` |") == 1
    assert "As in settlement.docx `stages[]`" in page and all(f"## {kind}.docx" in page for kind in REPORTS)
