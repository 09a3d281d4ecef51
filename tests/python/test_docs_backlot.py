"""The pages about Backlot hold everything that the contract says, and hide nothing assumed."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from reelpack import backlot, sandbox
from reelpack.sandbox.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "backlot"
HELP = ROOT / "tests" / "data" / "help"

Object = dict[str, Any]


@pytest.fixture(scope="module")
def hook() -> Iterator[ModuleType]:
    """The module that mkdocs runs, found beside its siblings as mkdocs finds it."""
    sys.path.insert(0, str(ROOT / "docs" / "hooks"))
    yield importlib.import_module("contract")
    sys.path.remove(str(ROOT / "docs" / "hooks"))


@pytest.fixture(scope="module")
def contract(hook: ModuleType) -> Object:
    document: Object = hook.load()
    return document


@pytest.fixture(scope="module")
def page(hook: ModuleType, contract: Object) -> str:
    return str(hook.contract_page(contract))


@pytest.fixture(scope="module")
def assumed(hook: ModuleType, contract: Object) -> str:
    return str(hook.assumed_list(contract))


def section(text: str, heading: str) -> str:
    """What stands below a heading, up to the next of its level or above."""
    marks = heading.partition(" ")[0]
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{len(marks)}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, heading
    return found[1]


def row(text: str, name: str) -> str:
    """The row of a table that begins with a name."""
    (found,) = [line for line in text.splitlines() if line.startswith(f"| {name} |")]
    return found


def operations(contract: Object) -> Iterator[tuple[str, str, Object]]:
    for path, item in contract["paths"].items():
        for verb, operation in item.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield path, verb.upper(), operation


def assumed_of(thing: Object, kind: str = "x-evidence") -> bool:
    return bool(thing[kind] == "assumed")


def test_the_page_has_every_operation_with_how_sure_its_path_and_verb_are(
    contract: Object, page: str
) -> None:
    for path, verb, operation in operations(contract):
        text = section(page, f"#### {operation['operationId']}")
        for what, kind in [
            ("that it is there", "x-evidence"),
            (f"path `{path}`", "x-path-evidence"),
            (f"verb `{verb}`", "x-verb-evidence"),
        ]:
            assert ("<mark>" in row(text, what)) == assumed_of(operation, kind)
            assert f"[{operation['x-source']}]" in row(text, what)


def test_the_page_has_every_parameter(contract: Object, page: str) -> None:
    shared = contract["components"]["parameters"]
    for path, _, operation in operations(contract):
        text = section(page, f"#### {operation['operationId']}")
        for each in contract["paths"][path].get("parameters", []) + operation.get("parameters", []):
            name = each.get("name") or shared[each["$ref"].rpartition("/")[2]]["name"]
            assert f"| `{name}` in the " in text


def test_the_page_has_every_field_with_how_sure_it_is(contract: Object, page: str) -> None:
    for name, schema in contract["components"]["schemas"].items():
        text = section(page, f"### {name}")
        for field, about in schema.get("properties", {}).items():
            (line,) = [each for each in text.splitlines() if each.startswith(f"| `{field}` |")]
            assert ("<mark>" in line) == assumed_of(about)
            assert f"[{about['x-source']}]" in line


def test_the_page_has_every_value_and_marks_those_whose_spelling_is_a_guess(
    contract: Object, page: str
) -> None:
    for name, schema in contract["components"]["schemas"].items():
        text = section(page, f"### {name}")
        for value in [branch for branch in schema.get("anyOf", []) if "const" in branch]:
            (line,) = [
                each for each in text.splitlines() if each.startswith(f"| `{value['const']}` |")
            ]
            guessed = value["x-evidence"] == "public-page" and "title" in value
            assert ("<mark>" in line) == (assumed_of(value) or guessed)
            assert f"[{value['x-source']}]" in line


def test_every_source_is_a_link(contract: Object, page: str) -> None:
    for name in {*re.findall(r"\[([a-z-]+)\] \|$", page, re.MULTILINE)}:
        where = contract["x-sources"].get(name, "")
        address = where if where.startswith("https://") else "#sources"
        assert f"[{name}]: {address}" in page.splitlines()


def test_the_list_has_all_that_is_assumed_of_operations(contract: Object, assumed: str) -> None:
    text = section(assumed, "### Assumed of operations")
    for path, verb, operation in operations(contract):
        place = operation["operationId"]
        lines = [line for line in text.splitlines() if f"#{place.lower()})" in line]
        told = "".join(lines)
        assert ("that it is there" in told) == assumed_of(operation)
        assert (f"path `{path}`" in told) == assumed_of(operation, "x-path-evidence")
        assert (f"verb `{verb}`" in told) == assumed_of(operation, "x-verb-evidence")


def test_the_list_has_all_fields_and_values_that_are_assumed(
    contract: Object, assumed: str
) -> None:
    fields = section(assumed, "### Assumed fields")
    values = section(assumed, "### Assumed values")
    for place, schema in contract["components"]["schemas"].items():
        known = [branch for branch in schema.get("anyOf", []) if "const" in branch]
        assert listed(fields, place) == {
            name for name, field in schema.get("properties", {}).items() if assumed_of(field)
        }
        assert listed(values, place) == {value["const"] for value in known if assumed_of(value)}


def listed(text: str, place: str) -> set[str]:
    """Names in the row of a schema; none where it has no row."""
    lines = [line for line in text.splitlines() if line.startswith(f"| [`{place}`]")]
    return {name for line in lines for name in re.findall("`([^`]+)`", line.split("|")[2])}


def test_the_list_has_the_host(assumed: str) -> None:
    assert "The host is not public" in section(assumed, "### Assumed beside names")


def test_what_becomes_assumed_shows_without_touching_the_pages(hook: ModuleType) -> None:
    document = hook.load()
    document["components"]["schemas"]["Token"]["properties"]["scope"] = {
        "type": "string",
        "x-evidence": "assumed",
        "x-source": "own",
    }

    assert listed(hook.assumed_list(document), "Token") == {"scope"}


def test_the_list_stands_on_the_page_for_partners_only(hook: ModuleType) -> None:
    def shown(uri: str) -> str:
        there = SimpleNamespace(file=SimpleNamespace(src_uri=uri))
        return str(hook.on_page_markdown(hook.ASSUMED, page=there, config=None, files=None))

    assert hook.ASSUMED in (PAGES / "index.md").read_text("utf-8").splitlines()
    assert "### Assumed fields" in shown("backlot/index.md")
    assert shown("index.md") == hook.ASSUMED


def test_the_table_of_rules_is_that_of_the_sandbox(hook: ModuleType) -> None:
    table = hook.rules_table().splitlines()[2:]

    assert len(table) == len(RULES)
    for line, rule in zip(table, RULES, strict=True):
        assert line.startswith(f"| `{rule.name}` | {rule.says} |")
        assert ("<mark>" in line) == (rule.evidence == "assumed")
        assert f"[{rule.source}]" in line
    assert hook.RULES in (PAGES / "sandbox.md").read_text("utf-8").splitlines()


def test_the_page_is_not_committed() -> None:
    """It would be a second truth, and stale after any change of the contract."""
    assert not (PAGES / "contract.md").exists()


def test_every_option_on_the_pages_is_one_of_the_commands() -> None:
    told = "".join(path.read_text("utf-8") for path in PAGES.glob("*.md"))
    helped = "".join(
        path.read_text("utf-8")
        for path in HELP.iterdir()
        if path.name.startswith(("backlot", "sandbox"))
    )
    of_ascp = {"--file-pair-list"}

    assert {*re.findall(r"--[a-z][a-z-]+", told)} - of_ascp <= {*re.findall(r"--[a-z-]+", helped)}


def test_every_command_on_the_pages_is_one() -> None:
    told = "".join(path.read_text("utf-8") for path in PAGES.glob("*.md"))
    named = {*re.findall(r"reelpack (backlot|sandbox) ([a-z]+)", told)}
    there = {path.stem for path in HELP.iterdir()}

    assert {"-".join(words) for words in named} <= there


def test_the_example_of_a_contract_file_is_understood(tmp_path: Path) -> None:
    (example,) = re.findall(
        r"```toml\n(.*?)```", (PAGES / "index.md").read_text("utf-8"), re.DOTALL
    )
    file = tmp_path / "backlot.toml"
    file.write_text(example, "utf-8")

    known = backlot.contract(file)

    (update,) = [each for each in known.operations if each.id == "updateRequest"]
    assert known.host == "https://api.example.com"
    assert known.token_host == "https://login.example.com"  # noqa: S105 - an address
    assert (update.method, update.path) == ("PUT", "/v1/requests/update")
    assert (update.verb_evidence, update.path_evidence) == ("override", "override")
    assert [each.ours for each in known.fields] == ["estimatedDeliveryDate"]
    assert [each.theirs for each in known.values] == ["REDELIVERY"]


def example(page: str) -> str:
    """The one example in Python of a page."""
    (code,) = re.findall(r"```python\n(.*?)```", (PAGES / page).read_text("utf-8"), re.DOTALL)
    return str(code)


@pytest.mark.slow
def test_the_example_of_a_test_passes(tmp_path: Path) -> None:
    names: dict[str, Any] = {}
    exec(example("sandbox.md"), names)  # noqa: S102 - our own page

    names["test_a_delivery_is_accepted"](tmp_path)


@pytest.mark.slow
def test_the_example_for_partners_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with sandbox.running(demo=True) as box:
        for name, value in box.environment().items():
            monkeypatch.setenv(name, value)
        exec(example("index.md"), {})  # noqa: S102 - our own page

    assert re.match(
        r"SR-\d+ \d{4}-\d\d-\d\d (critical|at-risk|on-track)$",
        capsys.readouterr().out,
        re.MULTILINE,
    )
