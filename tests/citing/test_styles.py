"""Styles by name and by path; those that only stand for another."""

from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from reviewkit.citing import STYLES, style
from reviewkit.citing import styles as module
from reviewkit.errors import FormatError, ValueRefusedError

CSL = "http://purl.org/net/xbiblio/csl"
FOLDER = Path(module.__file__).with_name("csl")
OWN = f"""<style xmlns="{CSL}" version="1.0" class="in-text"><info><title>Own</title></info>
<citation><layout><text variable="title"/></layout></citation></style>"""
DEPENDENT = f"""<style xmlns="{CSL}" version="1.0"><info><title>A journal</title>
<link href="http://www.zotero.org/styles/PARENT" rel="independent-parent"/></info></style>"""


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the package with all styles were not installed."""
    monkeypatch.setattr(module, "_package", lambda: None)


@pytest.mark.parametrize("name", STYLES)
def test_each_shipped_style_is_there_by_its_name(name: str, alone: None) -> None:
    root = fromstring(style(name))
    assert root.tag == f"{{{CSL}}}style"
    assert root.find(f"{{{CSL}}}citation") is not None
    rights = root.find(f"{{{CSL}}}info/{{{CSL}}}rights")
    assert rights is not None and "by-sa/3.0" in rights.attrib["license"]


def test_no_shipped_file_is_without_a_name(alone: None) -> None:
    assert {style(name) for name in STYLES} == {p.read_bytes() for p in FOLDER.glob("*.csl")}
    assert (FOLDER / "NOTICE").read_text().count("ShareAlike") == 1


@pytest.mark.parametrize("name", ["APA", "harvard", "nlm", "lncs", "modern-language-association"])
def test_other_names_of_a_shipped_style(name: str, alone: None) -> None:
    assert b"<citation" in style(name)


def test_an_unknown_name_tells_of_near_ones(alone: None) -> None:
    with pytest.raises(ValueRefusedError, match=r"Did you mean apa.*pip install citeproc-py-st"):
        style("appa")
    for name in ("", "NOTICE", "a b", "é"):
        with pytest.raises(ValueRefusedError):
            style(name)


def test_any_file_by_its_path(tmp_path: Path, alone: None) -> None:
    (tmp_path / "own.csl").write_text(OWN)
    assert style(tmp_path / "own.csl") == OWN.encode()
    assert style("own.csl", tmp_path) == OWN.encode()


def test_a_style_that_stands_for_another(tmp_path: Path, alone: None) -> None:
    journal = tmp_path / "journal.csl"
    journal.write_text(DEPENDENT.replace("PARENT", "apa"))
    assert style(journal) == style("apa")
    journal.write_text(DEPENDENT.replace("PARENT", "elsewhere"))
    with pytest.raises(FormatError, match=r"only stands for the style 'elsewhere'.*beside"):
        style(journal)
    (tmp_path / "elsewhere.csl").write_text(OWN)
    assert style(journal) == OWN.encode()
    (tmp_path / "elsewhere.csl").write_text(DEPENDENT.replace("PARENT", "elsewhere"))
    with pytest.raises(FormatError, match="itself only stands for another"):
        style(journal)
    journal.write_text(DEPENDENT.replace("PARENT", "../../secret"))
    with pytest.raises(FormatError, match="only stands for"):
        style(journal)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not sound XML"),
        ("<style", "not sound XML"),
        ("<style/>", "root"),
        (OWN.replace("citation>", "bibliography>"), "no <citation>"),
        ('<!DOCTYPE a [<!ENTITY e "x">]>' + OWN, "no CSL style"),
        ('<?xml version="1.0" encoding="nosuch"?>' + OWN, "no CSL style"),
    ],
)
def test_a_file_that_is_no_style(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "x.csl"
    path.write_text(text)
    with pytest.raises(FormatError, match=why):
        style(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        style(tmp_path / "none.csl")


def test_the_installed_package_gives_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dependent").mkdir()
    (tmp_path / "dependent" / "journal.csl").write_text(DEPENDENT.replace("PARENT", "parent"))
    (tmp_path / "parent.csl").write_text(OWN)
    (tmp_path / "apa.csl").write_text(OWN)
    monkeypatch.setattr(module, "_package", lambda: tmp_path)
    assert style("journal") == style("parent") == OWN.encode()
    assert style("apa") != OWN.encode()
