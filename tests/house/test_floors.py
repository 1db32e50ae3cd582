"""Who may import whom: pyproject.toml says it, import-linter checks it."""

from importlinter.cli import lint_imports

from tests.conftest import ROOT


def test_every_module_stands_on_its_floor(capsys):
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)

    assert code == 0, capsys.readouterr().out


def test_every_feature_is_in_the_contract_about_its_inside():
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    features = [path.parent.name for path in ROOT.glob("course/features/*/__init__.py")]

    absent = [one for one in features if f'"course.features.{one}"' not in settings]

    assert absent == []
