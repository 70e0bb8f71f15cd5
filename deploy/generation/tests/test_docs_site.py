"""The documentation can be built as a site, its links lead somewhere, and no error and no finding is left out."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from generation.docs_site import with_included, without_outside_links
from generation.generated_files import CHECKOUT

DOCS = CHECKOUT / "docs"
SOURCES = [*(CHECKOUT / "services").glob("*/src"), CHECKOUT / "shared" / "src"]
NAVIGATION = (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]
LISTED = re.findall(r"[\w-]+\.md", NAVIGATION)
OF_HTTP = {"method_not_allowed"}
"""Codes that are the name of a status of HTTP."""


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    mkdocs = Path(sys.executable).parent / "mkdocs"
    done = subprocess.run([mkdocs, "build", "--strict", "--site-dir", tmp_path], cwd=CHECKOUT, capture_output=True,
                          text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name for path in tmp_path.glob("*.html")} >= {name.replace(".md", ".html") for name in LISTED}
    assert "gapless restore" in (tmp_path / "backups.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LISTED)
def test_each_page_says_in_a_line_who_it_is_for(name: str) -> None:
    beginning = (DOCS / name).read_text(encoding="utf-8").splitlines()[:5]
    assert [line for line in beginning if line.startswith("For ")], beginning


def test_every_error_code_is_explained() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for folder in SOURCES for path in folder.rglob("*.py"))
    in_code = set(re.findall(r'^    code(?:: ClassVar\[str\])? = "(\w+)"', text, re.MULTILINE))
    in_code |= set(re.findall(r'\bProblem\(code="(\w+)"', text)) | OF_HTTP
    explained = re.findall(r"^\| `(\w+)` \|", (DOCS / "problems.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(explained) == sorted(in_code)


def test_every_area_of_the_doctor_is_explained() -> None:
    folder = CHECKOUT / "services" / "gateway" / "src" / "gateway" / "doctor"
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    in_code = set(re.findall(r'\b(?:area(?:, advice)? ?= ?|found\(\s*)"(\w+)"', text))
    in_code |= {area for pair in re.findall(r'\barea = "(\w+)" if .* else "(\w+)"', text) for area in pair}
    explained = re.findall(r"^## (\w+)$", (DOCS / "doctor.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(explained) == sorted(in_code)


def test_the_settings_page_has_every_setting() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    example = (CHECKOUT / ".env.example").read_text(encoding="utf-8").partition("── Every service")[2]
    assert set(re.findall(r"^#([A-Z][A-Z0-9_]+)=", example, re.MULTILINE)) == set(
        re.findall(r"^\| `([A-Z0-9_]+)`", page, re.MULTILINE)
    )


def test_a_line_that_is_a_link_to_a_section_is_replaced_by_the_section(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "# A\n\n## One\n\nSee [two](docs/two.md), [code](src/code.py), [web](https://example.net).\n\n## Two\n\nno\n"
    )
    text = "# Page\n\n[One](../README.md#one)\n\nIn a sentence, [One](../README.md#one) stays.\n"
    assert with_included(text, tmp_path) == (
        "# Page\n\nSee [two](two.md), code, [web](https://example.net).\n\n"
        "In a sentence, [One](../README.md#one) stays.\n"
    )


def test_a_line_that_is_a_link_to_a_readme_is_replaced_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "README.md").write_text("# Tools\n\nFor a person who builds.\n\nAll of them.\n")
    assert with_included("[Tools](../tools/README.md)", tmp_path) == "All of them."


def test_a_section_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# A\n")
    with pytest.raises(ValueError, match=r"README\.md has no section 'One'"):
        with_included("[One](../README.md#one)", tmp_path)


def test_links_to_files_outside_of_the_pages_become_text(tmp_path: Path) -> None:
    text = (
        "[a](../src/a.py) [b](b.md#c) [broken](missing.md) [web](https://example.net) [here](#d) ![picture](../p.png)"
    )
    assert without_outside_links(text, tmp_path / "docs", tmp_path / "docs") == (
        "a [b](b.md#c) [broken](missing.md) [web](https://example.net) [here](#d) ![picture](../p.png)"
    )


@pytest.mark.parametrize(
    "page", sorted([*DOCS.glob("*.md"), *(DOCS / "decisions").glob("*.md")]), ids=lambda path: path.stem
)
def test_links_to_files_outside_of_the_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [target.partition("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if target and not (page.parent / target).exists()] == []


def test_the_navigation_can_be_read_and_lists_each_page_once() -> None:
    assert yaml.safe_load("nav:" + NAVIGATION)["nav"]
    assert len(LISTED) == len(set(LISTED))
