"""The source of `addin/hosts/udfs.py`: a Python function a worksheet function, as xlwings wants them.

xlwings makes the wrappers in VBA from these functions' names and arguments, and calls them by name.
"""

from __future__ import annotations

import json
import keyword
from typing import Final

from addin.functions.cells import takes_days
from addin.functions.registry import Argument, Function
from addin.functions.selftest import IN_CELLS, SELFTEST
from addin.model.text import Text

_HEAD: Final = '''\
"""The worksheet functions as xlwings calls them, one a function of the registry, and the self-test.

Made by `python -m addin.hosts.macros` from addin/functions: change it there. xlwings takes an annotation for a
converter, so the arguments have none. An error in a cell comes as its name, for an empty cell is something else.
"""
# fmt: off
# mypy: disable-error-code="no-untyped-def, untyped-decorator"
# ruff: noqa: E501  # made by a program

import xlwings as xw

from addin.hosts.udf_calls import answer, selftest
'''

OLD_DAYS: Final = "date1904"
"""An argument that no sheet gives: the wrapper asks the workbook whether its day numbers count from 1904."""

_RESERVED: Final = frozenset(
    """
    abs addressof and any array as attribute boolean byref byte byval call case cbool cbyte ccur cdate cdbl cdec cdecl
    cint circle clng clnglng clngptr close const csng cstr currency cvar cverr date debug decimal declare defbool
    defbyte defcur defdate defdbl defdec defint deflng deflnglng deflngptr defobj defsng defstr defvar dim do doevents
    double each else elseif empty end endif enum eqv erase event exit false fix for friend function get global gosub
    goto if imp implements in input inputb int integer is lbound len lenb let like lineinput lock long longlong
    longptr loop lset me mod new next not nothing null on open option optional or paramarray preserve print private
    pset public put raiseevent redim rem resume return rset scale seek select set sgn shared single spc static stop
    string sub tab then to true type typeof ubound unlock until variant vb_base vb_control vb_creatable
    vb_customizable vb_description vb_exposed vb_ext_key vb_globalnamespace vb_helpid vb_invoke_func vb_invoke_property
    vb_invoke_propertyput vb_invoke_propertyputref vb_memberflags vb_name vb_predeclaredid vb_procdata
    vb_templatederived vb_usermemid vb_vardescription vb_varhelpid vb_varmemberflags vb_varprocdata vb_varusermemid
    wend while with withevents write xor
    """.lower().split()
)
"""Words that are no names in VBA, [MS-VBAL] 3.3.5.2."""


def udf_module() -> str:
    """The text of `udfs.py`."""
    return _HEAD + "".join(map(_function, IN_CELLS.values()))


def argument_name(argument: Argument) -> str:
    """The argument's name where Python and VBA allow it, else with an underscore behind it.

    >>> from addin.functions.registry import FUNCTIONS
    >>> [argument_name(argument) for argument in FUNCTIONS["AR_WORKDAYS"].arguments]
    ['from_', 'to_']
    """
    taken = keyword.iskeyword(argument.name) or argument.name.lower() in _RESERVED
    return f"{argument.name}_" if taken else argument.name


def _function(function: Function) -> str:
    names = [argument_name(argument) for argument in function.arguments]
    needed = max(
        (place for place, argument in enumerate(function.arguments, 1) if argument.required), default=0
    )
    signature = names[:needed] + [f"{name}=None" for name in names[needed:]]
    days = any(takes_days(argument.kind) for argument in function.arguments)
    helped = "".join(
        f'@xw.arg("{name}", doc={_quoted(_both(argument.help))}, err_to_str=True)\n'
        for name, argument in zip(names, function.arguments, strict=True)
    )
    passed = [_quoted(function.name), *names]
    if days:
        helped += f'@xw.arg("{OLD_DAYS}", vba="HuikuanFrom1904()")\n'
        signature.append(f"{OLD_DAYS}=False")
        passed.append(f"{OLD_DAYS}={OLD_DAYS}")
    call = f"answer({', '.join(passed)})"
    return f'''

@xw.func(category="Huikuan")
{helped}def {function.name}({", ".join(signature)}):
    ""{_quoted(_both(function.help))}""
    return {call if function is not SELFTEST else "selftest()"}
'''


def _both(words: Text) -> str:
    return f"{words.zh} {words.en}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
