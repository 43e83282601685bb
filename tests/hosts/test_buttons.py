"""Buttons, ribbon and callbacks agree: every control leads to a Sub, every Sub to a button of the registry."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from addin.assets import macros
from addin.hosts.buttons import BUTTONS, GROUPS, TAB, TAB_KEY, Button
from addin.hosts.macros.callbacks import callbacks, vba_text
from addin.hosts.macros.ribbon_xml import NAMESPACE, ribbon_xml, tag
from addin.model.text import Text

CUSTOM = {"": NAMESPACE}
BY_CONTROL = "control As IRibbonControl"
SIGNATURES = {
    "onLoad": "ribbon As IRibbonUI",
    "onAction": BY_CONTROL,
    "getLabel": f"{BY_CONTROL}, ByRef words",
    "getScreentip": f"{BY_CONTROL}, ByRef words",
    "getSupertip": f"{BY_CONTROL}, ByRef words",
    "getVisible": f"{BY_CONTROL}, ByRef visible",
}
"""What Office calls each kind of callback with."""

PICTURES = set(
    """
    AccountingFormat ChartTypeColumnInsertGallery ConditionalFormattingIconSetsGallery EditLinks ErrorChecking
    FileDocumentInspect FileSaveAsPdfOrXps FileSendAsAttachment Filter FormControlCheckBox FormControlListBox
    FormulaEvaluate FunctionWizard FunctionsDateTimeInsertGallery Help InsertTimeline PivotTableReport RefreshAll
    ReviewNewComment
    SignatureLineInsert TraceError Translate Undo
    """.split()
)
"""Looked up in the lists of control identifiers of Excel 2013, 2016, 2019 and 365 that Microsoft publishes
(OfficeDev/office-fluent-ui-command-identifiers): each of these is in all four."""

TABS_OF_EXCEL = set("F H N P M A R W L Y X Q JT".split())
LONGEST_TAG = 1024
"""The length of a string in the ribbon's schema."""


@pytest.fixture(scope="module")
def ribbon() -> ElementTree.Element:
    return ElementTree.fromstring(ribbon_xml())


@pytest.fixture(scope="module")
def subs() -> dict[str, tuple[str, str]]:
    """The public Subs of the module: their arguments and what they do."""
    found = re.findall(r"^Public Sub (\w+)\((.*)\)\r\n((?:    .*\r\n)+)End Sub\r$", callbacks(), re.MULTILINE)
    return {name: (arguments, body.strip()) for name, arguments, body in found}


class TestTheRegistry:
    def test_names_and_order(self) -> None:
        assert list(BUTTONS) == [
            *("refresh", "as_of", "check", "undo"),
            *("worklist", "letters", "contact", "promise", "dispute", "reschedule", "steps", "report"),
            *("aging", "credit", "explain", "view_finance", "view_manager", "view_month_end"),
            *("functions", "relink", "language", "doctor", "about"),
        ]
        assert list(dict.fromkeys(button.group for button in BUTTONS.values())) == list(GROUPS)

    @pytest.mark.parametrize("button", BUTTONS.values(), ids=str)
    def test_words_are_there_in_both_languages(self, button: Button) -> None:
        for words in (button.label, button.screentip, button.supertip):
            assert all(text.strip() == text and text and "|" not in text for text in words)
        other_way = button.name == "language"  # its label is the language that one switches to
        assert re.search("[\u4e00-\u9fff]", button.label.en if other_way else button.label.zh)
        assert (button.label.zh if other_way else button.label.en).isascii()
        assert button.supertip.zh.endswith("。") and button.supertip.en.endswith(".")
        assert not button.screentip.zh.endswith("。") and not button.screentip.en.endswith(".")

    def test_keys_press_one_button_each(self) -> None:
        keys = [button.key for button in BUTTONS.values()]

        assert all(re.fullmatch("[A-Z]", key) for key in keys)
        assert len(set(keys)) == len(keys)
        assert TAB_KEY not in TABS_OF_EXCEL

    def test_pictures_are_microsofts(self) -> None:
        pictures = [button.picture for button in BUTTONS.values()]

        assert set(pictures) == PICTURES
        assert len(set(pictures)) == len(pictures)

    def test_subs_differ_whatever_the_case(self) -> None:
        assert len({button.sub.lower() for button in BUTTONS.values()}) == len(BUTTONS)

    def test_a_call_passes_through_a_command_line(self) -> None:
        for button in BUTTONS.values():
            assert button.call.isascii() and not set('"%&^<>|\n') & set(button.call)
            compile(button.call, button.name, "exec")


class TestTheRibbon:
    def test_committed_is_what_the_buttons_make(self) -> None:
        """Rewrite with `python -m addin.hosts.macros`."""
        assert (macros() / "customUI14.xml").read_bytes() == ribbon_xml().encode()

    def test_one_tab_with_the_groups_and_buttons_in_order(self, ribbon: ElementTree.Element) -> None:
        tabs = ribbon.findall("ribbon/tabs/tab", CUSTOM)
        groups = tabs[0].findall("group", CUSTOM)
        buttons = [[each.get("onAction") for each in group] for group in groups]

        assert [each.get("tag") for each in tabs] == [tag(TAB)]
        assert [each.get("tag") for each in groups] == [tag(words) for words in GROUPS.values()]
        assert buttons == [
            [button.sub for button in BUTTONS.values() if button.group == group] for group in GROUPS
        ]

    def test_identities_are_there_once(self, ribbon: ElementTree.Element) -> None:
        identities = [each.get("id") for each in ribbon.iter() if each.get("id")]

        assert len(identities) == 1 + len(GROUPS) + len(BUTTONS)
        assert len({each.lower() for each in identities if each}) == len(identities)

    def test_words_come_from_callbacks_alone(self, ribbon: ElementTree.Element) -> None:
        for each in ribbon.iter():
            assert not {"label", "screentip", "supertip"} & set(each.keys())

    def test_tags_hold_the_words_where_the_callbacks_look(self, ribbon: ElementTree.Element) -> None:
        """A callback splits the tag at its bars and takes the item at twice its place, one further for English."""
        for each in ribbon.iter(f"{{{NAMESPACE}}}button"):
            button = next(one for one in BUTTONS.values() if one.sub == each.get("onAction"))
            found = str(each.get("tag")).split("|")

            assert len(str(each.get("tag"))) <= LONGEST_TAG
            assert [Text(*found[at : at + 2]) for at in (0, 2, 4)] == [
                button.label,
                button.screentip,
                button.supertip,
            ]

    def test_every_callback_is_a_sub_of_the_right_kind(
        self, ribbon: ElementTree.Element, subs: dict[str, tuple[str, str]]
    ) -> None:
        named = {
            (kind, name)
            for each in ribbon.iter()
            for kind, name in each.attrib.items()
            if kind.startswith(("on", "get"))
        }

        assert {kind for kind, _ in named} == set(SIGNATURES)
        for kind, name in named:
            assert subs[name][0] == SIGNATURES[kind], f"{name} as {kind}"
        called = {name for _, name in named}
        assert set(subs) - called == {"HuikuanSpeak"}, "only Python calls that one"


class TestTheCallbacks:
    def test_committed_is_what_the_buttons_make(self) -> None:
        """Rewrite with `python -m addin.hosts.macros`."""
        assert (macros() / "HuikuanRibbon.bas").read_bytes() == callbacks().encode("ascii")

    def test_a_button_is_one_line_that_presses_it(self, subs: dict[str, tuple[str, str]]) -> None:
        for button in BUTTONS.values():
            assert subs[button.sub][1] == f'Press "{button.call}"'

    def test_ascii_with_declared_names_and_short_lines(self) -> None:
        lines = callbacks().split("\r\n")

        assert callbacks().isascii() and "Option Explicit" in lines
        assert not any("\n" in line or "\r" in line for line in lines)
        assert max(map(len, lines)) < 1024

    @pytest.mark.parametrize(
        ("text", "expression"),
        [
            ("", '""'),
            ('say "no"', '"say ""no"""'),
            ("回", "ChrW(&H56DE)"),
            ("a回b", '"a" & ChrW(&H56DE) & "b"'),
        ],
    )
    def test_a_text_in_ascii(self, text: str, expression: str) -> None:
        assert vba_text(text) == expression


def test_a_row_more_is_a_button_more() -> None:
    """Ribbon and callbacks follow the registry and know no button by themselves."""
    more = {**BUTTONS, "bank": replace(BUTTONS["check"], name="bank", key="Z")}

    assert 'onAction="HuikuanBank"' in ribbon_xml(more)
    assert "Public Sub HuikuanBank(control As IRibbonControl)" in callbacks(more)
