"""The ribbon, [MS-CUSTOMUI] 2009: every control carries its words in its tag, and callbacks pick the language.

So no word is in a macro, and a switch of language needs no restart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from addin.hosts.buttons import BUTTONS, GROUPS, TAB, TAB_KEY, Button
from addin.model.text import Text

NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"
MADE_BY: Final = "Made from addin/hosts/buttons.py by python -m addin.hosts.macros: change it there."


def ribbon_xml(buttons: Mapping[str, Button] = BUTTONS) -> str:
    """The text of `customUI14.xml`."""
    return "\n".join(_lines(buttons)) + "\n"


def tag(*words: Text) -> str:
    """Words in both languages, one behind the other.

    >>> tag(Text("账龄", "Aging"), Text("打开", "Open"))
    '账龄|Aging|打开|Open'
    """
    return "|".join(word for pair in words for word in pair)


def _lines(buttons: Mapping[str, Button]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<!-- {MADE_BY} -->"
    yield f'<customUI xmlns="{NAMESPACE}" onLoad="HuikuanLoad">'
    yield "  <ribbon>"
    yield "    <tabs>"
    yield (
        f'      <tab id="HuikuanTab" tag={quoteattr(tag(TAB))} keytip="{TAB_KEY}" '
        'getLabel="HuikuanLabel" getVisible="HuikuanVisible">'
    )
    for name, words in GROUPS.items():
        identity = f"Huikuan{name.capitalize()}Group"
        yield f'        <group id="{identity}" tag={quoteattr(tag(words))} getLabel="HuikuanLabel">'
        for button in buttons.values():
            if button.group == name:
                yield from _button(button)
        yield "        </group>"
    yield "      </tab>"
    yield "    </tabs>"
    yield "  </ribbon>"
    yield "</customUI>"


def _button(button: Button) -> Iterator[str]:
    words = quoteattr(tag(button.label, button.screentip, button.supertip))
    size = "large" if button.large else "normal"
    yield f'          <button id="{button.sub}Button" imageMso="{button.picture}" size="{size}"'
    yield f'            keytip="{button.key}" onAction="{button.sub}" getLabel="HuikuanLabel"'
    yield '            getScreentip="HuikuanScreentip" getSupertip="HuikuanSupertip"'
    yield f"            tag={words} />"
