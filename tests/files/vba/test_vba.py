"""A project as written is read back alike by three readers, and the same sources give the same bytes."""

from __future__ import annotations

import hashlib
import random
import zipfile
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oletools.olevba import VBA_Parser
from pyopenvba.cfb import CFB
from pyopenvba.vba import parse_vba_project

from addin.files.vba import (
    Module,
    Reference,
    class_module,
    document_module,
    standard_module,
    vba_project,
)
from addin.files.vba.compound import compound_file
from addin.files.vba.compression import compress
from addin.files.vba.obfuscation import obfuscated
from tests.files.vba.reader import Compound, clear, decompress, read_project

XLWINGS = Path(str(files("xlwings")))
"""Its modules are real sources, and its workbooks projects that other programs wrote."""

OFFICE = Reference("Office", "*\\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#MSO.DLL#Microsoft Office")


def text_of(name: str) -> str:
    return (XLWINGS / name).read_bytes().decode("ascii")


def by_olevba(project: bytes) -> dict[str, str]:
    """The modules as oletools reads them."""
    found = VBA_Parser("vbaProject.bin", data=project).extract_macros()
    return {stream.removeprefix("VBA/"): code for _, stream, _, code in found}


def by_pyopenvba(project: bytes) -> dict[str, str]:
    """The modules as pyOpenVBA reads them."""
    return {module.name: module.source for module in parse_vba_project(CFB.from_bytes(project)).modules}


def modules() -> list[Module]:
    return [
        document_module("ThisWorkbook", "workbook", "Option Explicit\r\n"),
        document_module("Sheet1", "sheet"),
        standard_module(text_of("xlwings.bas")),
        class_module(text_of("addin/Dictionary.cls")),
        standard_module('Attribute VB_Name = "Empty_"\r\n'),
    ]


@pytest.fixture(scope="module")
def made() -> bytes:
    return vba_project("Ledger", modules(), [OFFICE])


class TestCompression:
    @pytest.mark.parametrize("size", [0, 1, 2, 3, 4095, 4096, 4097, 8191, 8192, 8193, 44_654])
    def test_sources_of_any_length_come_back(self, size: int) -> None:
        source = text_of("xlwings.bas").encode()[:size]

        assert decompress(compress(source)) == source

    @given(st.text(st.characters(min_codepoint=9, max_codepoint=126), max_size=600), st.integers(1, 30))
    def test_random_text_repeated_comes_back(self, text: str, times: int) -> None:
        data = (text + "\r\n").encode() * times

        assert decompress(compress(data)) == data

    @given(st.binary(max_size=3000))
    def test_any_bytes_come_back(self, data: bytes) -> None:
        assert decompress(compress(data)) == data

    @given(st.lists(st.sampled_from([b"aaa", b"ab", b"Sub", b"\r\n", b"  ", b"End Sub"]), max_size=3000))
    def test_overlapping_repetitions_come_back(self, pieces: list[bytes]) -> None:
        data = b"".join(pieces)

        assert decompress(compress(data)) == data

    @pytest.mark.parametrize("byte", [b"a", b"\0"])
    @pytest.mark.parametrize("size", [4096, 12_289])
    def test_one_byte_over_and_over_is_small(self, byte: bytes, size: int) -> None:
        packed = compress(byte * size)

        assert decompress(packed) == byte * size
        assert len(packed) < 10 * (size // 4096 + 1)

    def test_whole_chunks_that_cannot_be_compressed_stand_as_they_are(self) -> None:
        noise = random.Random(7).randbytes(8192)
        packed = compress(noise + b"Option Explicit\r\n" * 20)

        assert packed[1:3] == bytes.fromhex("ff3f") and packed[3:4099] == noise[:4096]
        assert decompress(packed) == noise + b"Option Explicit\r\n" * 20

    def test_a_last_chunk_that_has_no_exact_form_is_refused(self) -> None:
        noise = random.Random(7).randbytes(4095)

        assert decompress(compress(noise[:3640])) == noise[:3640]
        with pytest.raises(ValueError, match="no exact form"):
            compress(noise)

    @pytest.mark.parametrize(
        ("packed", "data"),
        [  # [MS-OVBA] 3.2.1 to 3.2.3
            (
                "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e",
                "abcdefghijklmnopqrstuv.",
            ),
            (
                "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f7006710270041072737475761077"
                "78797a003c",
                "#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa",
            ),
            ("0103b002614500", "a" * 73),
        ],
    )
    def test_the_examples_of_the_specification(self, packed: str, data: str) -> None:
        """Which of two equally long repetitions is meant is free: as short as the example is enough."""
        assert decompress(bytes.fromhex(packed)) == data.encode()
        assert decompress(compress(data.encode())) == data.encode()
        assert len(compress(data.encode())) == len(bytes.fromhex(packed))


class TestCompoundFile:
    @given(
        st.dictionaries(
            st.builds(
                "{}{}".format,
                st.sampled_from(["", "VBA/", "A/"]),
                st.from_regex(r"[A-Za-z_]{1,31}", fullmatch=True),
            ),
            st.integers(0, 9000),
            max_size=40,
        ).filter(
            lambda sizes: (
                len({path.upper() for path in sizes}) == len(sizes) and not {"VBA", "A"} & set(sizes)
            )
        )
    )
    def test_streams_of_any_size_come_back(self, sizes: dict[str, int]) -> None:
        streams = {path: (path * 5000).encode()[:size] for path, size in sizes.items()}
        compound = Compound(compound_file(streams))

        assert compound.streams == streams

    @pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7, 8, 9, 41])
    def test_siblings_stand_in_order_in_a_balanced_tree(self, count: int) -> None:
        names = [f"{'x' * (number % 5)}{number}" for number in range(count)]
        compound = Compound(
            compound_file({f"VBA/{name}": name.encode() for name in names} | {"PROJECT": b"p"})
        )
        vba = next((node for node in compound.nodes if node.name == "VBA"), None)

        ordered = compound.siblings(vba.child) if vba else []
        assert [node.name for node in ordered] == sorted(names, key=lambda name: (len(name), name.upper()))
        assert not vba or compound.black_height(vba.child)

    def test_what_comes_first_does_not_count(self) -> None:
        streams = {"VBA/dir": b"1", "PROJECT": b"2" * 5000, "VBA/a": b""}

        assert compound_file(streams) == compound_file(dict(reversed(streams.items())))

    def test_every_sector_has_its_place(self) -> None:
        """Where the number of sectors just fills one more of the sectors that list them."""
        for size in range(4096, 512 * 130, 512):
            assert Compound(compound_file({"a": bytes([size % 251]) * size})).streams["a"][-1] == size % 251

    def test_more_than_the_file_can_hold_is_refused(self) -> None:
        with pytest.raises(ValueError, match="more than"):
            compound_file({"a": bytes(7_200_000)})


class TestProject:
    def test_a_second_build_is_the_same_bytes(self, made: bytes) -> None:
        assert vba_project("Ledger", modules(), [OFFICE]) == made

    def test_the_bytes_are_the_same_on_every_machine(self) -> None:
        """A change of this number changes the add-in of everyone: it must be meant."""
        small = vba_project(
            "P", [standard_module('Attribute VB_Name = "M"\r\nSub A()\r\nEnd Sub\r\n')], [OFFICE]
        )

        assert hashlib.sha256(small).hexdigest()[:16] == "2c90e3e80fc6118d"

    def test_our_reader(self, made: bytes) -> None:
        project = read_project(made)

        assert project.name == project.properties["Name"] == "Ledger"
        assert project.sources == {module.name: module.source for module in modules()}
        assert project.references == {"Office": OFFICE.library}
        assert project.standard == {"xlwings", "Empty_"}
        assert project.listed == [
            "Document=ThisWorkbook/&H00000000",
            "Document=Sheet1/&H00000000",
            "Module=xlwings",
            "Class=Dictionary",
            "Module=Empty_",
        ]
        assert project.names == [(module.name, module.name) for module in modules()]

    def test_neither_locked_nor_hidden_nor_under_a_password(self, made: bytes) -> None:
        properties = read_project(made).properties
        opened = {key: clear(properties[key], properties["ID"]) for key in ("CMG", "DPB", "GC")}

        assert opened == {"CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff"}

    def test_no_compiled_code_is_kept(self, made: bytes) -> None:
        """The version 0xFFFF belongs to no Office, so each compiles the sources."""
        assert Compound(made).streams["VBA/_VBA_PROJECT"] == bytes.fromhex("cc61ffff000000")

    def test_other_readers_read_the_same(self, made: bytes) -> None:
        sources = {module.name: module.source for module in modules()}

        assert by_olevba(made) == sources
        assert by_pyopenvba(made) == sources

    def test_our_reader_reads_what_excel_wrote(self) -> None:
        with zipfile.ZipFile(XLWINGS / "addin" / "xlwings.xlam") as archive:
            theirs = archive.read("xl/vbaProject.bin")
        found = read_project(theirs)

        assert found.sources == by_olevba(theirs)
        assert len(found.sources) > 10 and list(found.references) == ["stdole", "Office"]

    @pytest.mark.parametrize("book", ["quickstart_addin_ribbon.xlam", "quickstart_standalone.xlsm"])
    def test_a_class_and_documents_look_as_other_programs_write_them(self, book: str) -> None:
        with zipfile.ZipFile(XLWINGS / book) as archive:
            theirs = read_project(archive.read("xl/vbaProject.bin"))
        ours = {module.name: module.source for module in modules()}

        def attributes(source: str) -> list[str]:
            head = [line for line in source.splitlines() if line.startswith("Attribute VB_")]
            return [line for line in head if "VB_Description" not in line]

        for name in {"ThisWorkbook", "Sheet1", "Dictionary"} & set(theirs.sources):
            assert attributes(ours[name]) == attributes(theirs.sources[name])
        for key in ("CMG", "DPB", "GC"):
            assert clear(theirs.properties[key], theirs.properties["ID"]) == {
                "CMG": bytes(4), "DPB": bytes(1), "GC": b"\xff",
            }[key]  # fmt: skip

    @given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80), st.integers(0, 400))
    def test_any_source_comes_back(self, line: str, times: int) -> None:
        source = 'Attribute VB_Name = "M"\r\n' + (line + "\r\n") * times

        assert read_project(vba_project("P", [standard_module(source)])).sources == {"M": source}

    @pytest.mark.parametrize(
        ("source", "problem"),
        [
            ('Attribute VB_Name = "M"\r\n\' 回款\r\n', "beyond ASCII"),
            ('Attribute VB_Name = "M"\r\nSub A()\nEnd Sub\r\n', "CRLF"),
            ('Attribute VB_Name = "M"\r\nSub A()\rEnd Sub\r\n', "CRLF"),
            ('Attribute VB_Name = "M"\nSub A()\nEnd Sub\n', "VB_Name"),
            ("Sub A()\r\nEnd Sub\r\n", "VB_Name"),
        ],
    )
    def test_a_source_that_would_not_load_is_refused(self, source: str, problem: str) -> None:
        with pytest.raises(ValueError, match=problem):
            standard_module(source)

    def test_names_that_vba_cannot_tell_apart_are_refused(self) -> None:
        module = standard_module('Attribute VB_Name = "Ledger"\r\n')
        with pytest.raises(ValueError, match="different names"):
            vba_project("LEDGER", [module])
        with pytest.raises(ValueError, match="different names"):
            vba_project("P", [module, document_module("ledger", "sheet")])


@given(st.binary(max_size=40), st.uuids(), st.integers(0, 255))
def test_the_veil_comes_off(data: bytes, number: object, seed: int) -> None:
    project_id = f"{{{number}}}".upper()

    assert clear(obfuscated(data, project_id, seed), project_id) == data
