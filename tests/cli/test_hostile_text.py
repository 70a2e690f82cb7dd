"""Nothing that an argument, a file name, a header, a cell or a schema says is obeyed by a terminal.

A log of GitHub is no different: `::error` at the start of a line, and `##[error]` anywhere in it,
would be workflow commands.
"""

import json
import shlex
import shutil

import click
import hypothesis
import pytest
from hypothesis import strategies as st

import bonemet_data as bm
from bonemet_data.cli import main
from bonemet_data.reporting.escaping import harmless
from tests.cli.place import prepare

HOSTILE = [
    "\x1b[2J\x07",
    "a\n::error::forged",
    "::error file=a::forged",
    "  ::add-mask::x",
    "x ##[error]forged",
    "\u009b31m\u202e\u2066",
    "\r\n##[group]x",
    "\u2028::error::x",
    "[red]x[/red]",
]
EXAMPLES = {
    name: shlex.split(command.examples[0].split(" && ")[0].split(" | ")[0].split(" > ")[0])[2:]
    for name, command in sorted(main.commands.items())
}


def require_harmless(text):
    for line in text.split("\n"):
        assert line.isprintable(), line
        assert not line.lstrip().startswith("::"), line
        assert "##[" not in line, line


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    root = tmp_path_factory.mktemp("place")
    prepare(root)
    return root


@pytest.fixture
def hear(run, place, monkeypatch):
    """Run a command; neither output may be dangerous, and nothing is unexpected."""
    monkeypatch.chdir(place)

    def invoke(*arguments):
        result = run(*arguments)
        require_harmless(result.stdout)
        require_harmless(result.stderr)
        assert "Traceback" not in result.stderr
        return result

    return invoke


def parameters(name):
    """The arguments of a command with a hostile text in the place of each value."""
    command, benign = main.commands[name], EXAMPLES[name]
    yield lambda text: [*benign, text]
    yield lambda text: [text]
    yield lambda text: [*benign, f"--{text}"]
    for option in command.params:
        if isinstance(option, click.Option) and not option.is_flag and option.name != "output":
            yield lambda text, option=option: [*benign, option.opts[-1], text]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("text", HOSTILE)
def test_arguments(hear, name, text):
    for arguments in parameters(name):
        if (
            name not in {"release", "stamp", "validate", "verify-source"}
            or text in arguments(text)[:1]
        ):
            hear(name, *arguments(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_an_unknown_command_and_option(hear, text):
    assert hear(text).exit_code == 2
    assert hear(f"--{text}").exit_code == 2
    assert hear("-q", text).exit_code == 2


def hostile_package(root, text):
    """A package whose descriptor, schema, header and cells contain a text."""
    shutil.copytree("my-package", root)
    path = root / "datapackage.json"
    document = json.loads(path.read_text("utf-8"))
    document["title"] = document["name"] = text
    document[text] = text
    for resource in document["resources"]:
        resource["title"] = resource["description"] = resource[text] = text
        del resource["hash"], resource["bytes"]
    path.write_text(json.dumps(document))
    path = root / "schemas/samples.json"
    schema = json.loads(path.read_text("utf-8"))
    for field in schema["fields"]:
        field[text] = field["title"] = text
        field["constraints"] = {"enum": [text], "pattern": text}
    path.write_text(json.dumps(schema))
    cell = '"' + text.replace('"', '""') + '"'
    data = root / "data/samples.csv"
    header, *rows = data.read_text("utf-8").splitlines()
    lines = [f"{header},{cell}", *(f"{row},{cell}" for row in rows), f"{cell},{cell}"]
    data.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return root


@pytest.mark.parametrize("text", HOSTILE)
def test_packages(hear, place, tmp_path, text):
    root = hostile_package(tmp_path / "p", text)
    for rendering in ("text", "json", "junit", "sarif", "html"):
        if rendering != "html":
            hear("validate", root, "--format", rendering)
    for rendering in ("text", "json", "markdown"):
        hear("diff", "my-package", root, "--format", rendering)
    hear("stamp", root)
    hear("release", root)


def hostile_table(folder, text):
    """A table of two columns whose name, header and cells contain a text; and its schema."""
    name = text.translate({0: None, ord("/"): None}) + ".csv"
    cell = '"' + text.replace('"', '""') + '"'
    (folder / name).write_text(f"{cell},code\n{cell},{cell}\nx,\ny\n", encoding="utf-8", newline="")
    good = f"{cell},code\n{cell},{cell}\nx,C61\n"
    (folder / "good.csv").write_text(good, encoding="utf-8", newline="")
    schema = {
        "fields": [{"name": "code", "constraints": {"enum": [text + "x"]}}, {"name": text + "y"}]
    }
    (folder / "schema.json").write_text(json.dumps(schema))
    return name


def hear_of_tables(hear, folder, name):
    for file in (f"./{name}", name, "good.csv"):
        for rendering in ("text", "json", "junit", "sarif"):
            hear("check", file, "--schema", "schema.json", "--format", rendering)
        hear("check", file, "--column", "code=types")
        hear("check", file, "--column", "missing=types")
        for command in ("annotate", "normalize"):
            for column in ("code", "missing"):
                for rendering in ("text", "json"):
                    output = ["-o", folder / "out.csv", "--format", rendering]
                    hear(command, file, "--column", column, *output)
        for rendering in ("text", "json"):
            hear("detect", file, "--column", "code", "--format", rendering)


@pytest.mark.parametrize("text", HOSTILE)
def test_tables(hear, tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    hear_of_tables(hear, tmp_path, hostile_table(tmp_path, text))


@pytest.mark.slow
@hypothesis.given(
    st.lists(
        st.one_of(st.sampled_from(HOSTILE), st.characters(codec="utf-8")), min_size=1, max_size=6
    )
)
@hypothesis.settings(
    max_examples=40, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
def test_any_table(hear, tmp_path_factory, monkeypatch, parts):
    folder = tmp_path_factory.mktemp("tables")
    monkeypatch.chdir(folder)
    hear_of_tables(hear, folder, hostile_table(folder, "".join(parts)[:40]))


@hypothesis.given(st.text(st.one_of(st.sampled_from(":#[ \t\n\r\x1b\u2028"), st.characters())))
def test_any_text_is_harmless_once_it_is_escaped(text):
    require_harmless(harmless(text))
    assert harmless(harmless(text)) == harmless(text)


def test_a_table_that_is_printed_to_a_terminal_is_escaped(run, tmp_path, monkeypatch):
    """In a pipe or a file, its cells stay as they are."""
    (tmp_path / "a.csv").write_text("code\n\x1b[2J\n")
    assert "\n\x1b[2J," in run("annotate", tmp_path / "a.csv", "--column", "code").stdout
    monkeypatch.setattr("bonemet_data.cli.terminal.is_terminal", lambda _: True)
    monkeypatch.setenv("TERM", "dumb")
    shown = run("annotate", tmp_path / "a.csv", "--column", "code").stdout
    assert shown.startswith("code,concept_id,")
    assert "\n\\x1b[2J," in shown


def test_the_published_data_are_harmless(run):
    """So that `show`, which prints a file as it is, needs no escaping."""
    for name in bm.tables():
        require_harmless(run("show", name, "--format", "csv").stdout)
