"""Tables for eyes: aligned with wide characters, amounts to the right, no wider than the terminal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from rich.cells import cell_len

from addin.hosts.cli import tables, terminal
from addin.hosts.cli.tables import table_lines
from addin.hosts.cli.terminal import aligned, relative
from addin.hosts.figures import cell_text
from addin.model.tables import TABLES
from addin.service.showing import Shown

CONTRACTS = TABLES["contracts"]


def found(*rows: dict[str, object], language: str = "zh") -> Shown:
    cells = [tuple(row.get(column.key) for column in CONTRACTS.columns) for row in rows]
    return Shown(CONTRACTS, date(2026, 6, 30), language, CONTRACTS.columns, cells)


ROWS = (
    {
        "contract_id": "K-1",
        "project": "第三污水处理厂自控系统",
        "amount": Decimal("6800000.00"),
        "open": Decimal("0.00"),
    },
    {"contract_id": "K-22", "project": "Line 2", "amount": Decimal("-5.50"), "status": "active"},
)


def test_wide_characters_count_double_and_amounts_end_at_one_edge():
    lines = aligned(["编号", "Amount"], [["甲乙丙", "1.00"], ["a", "-12.00"]], {1})
    assert lines == ["编号    Amount", "甲乙丙    1.00", "a       -12.00"]
    assert len({cell_len(line) for line in lines}) == 1


def test_long_text_is_cut_at_a_whole_character():
    line = aligned(["x"], [["字" * 30]], set())[1]
    assert line.endswith("…")
    assert cell_len(line) <= terminal.WIDEST


def test_a_line_break_in_a_cell_breaks_no_line():
    assert aligned(["x"], [["a\nb"]], set())[1] == "a b"


def test_empty_columns_are_left_out():
    heading = table_lines(found(*ROWS))[2]
    assert heading.split() == ["合同编号", "项目名称", "合同金额", "合同状态", "应收余额"]


def test_without_a_terminal_every_filled_column_is_there():
    lines = table_lines(found(*ROWS))
    assert lines[0] == "合同：截至 2026-06-30，2 行"
    assert "6,800,000.00" in lines[3]
    assert "执行中" in lines[4]


@pytest.mark.parametrize("columns", [48, 60, 80])
def test_on_a_terminal_no_line_is_wider_than_it(monkeypatch, columns):
    monkeypatch.setattr(tables, "width", lambda: columns)
    lines = table_lines(found(*ROWS))
    assert max(map(cell_len, lines[2:])) <= columns
    assert lines[2].startswith("合同编号")


def test_what_has_no_room_is_told(monkeypatch):
    monkeypatch.setattr(tables, "width", lambda: 40)
    assert table_lines(found(*ROWS))[-1].endswith("用 --format csv 可看全部。")


def test_an_empty_table_is_one_line():
    assert table_lines(found(language="en")) == ["Contracts: as at 2026-06-30, 0 rows"]


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [
        ("tax_rate", Decimal("0.13"), "13%"),
        ("tax_rate", Decimal("0.0005"), "0.05%"),
        ("amount", Decimal("1234567"), "1,234,567"),
        ("signed", date(2026, 3, 1), "2026-03-01"),
        ("back_to_back", True, "yes"),
        ("status", "legal", "Legal"),
        ("retention_months", 24, "24"),
        ("notes", None, ""),
    ],
)
def test_cells_for_people(key, value, text):
    assert cell_text(CONTRACTS[key], value, "en") == text


def test_paths_are_shown_from_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert relative(tmp_path / "应收 账款" / "a.xlsx").replace("\\", "/") == "应收 账款/a.xlsx"
    assert relative(tmp_path.parent / "b.xlsx") == str(tmp_path.parent / "b.xlsx")
