"""Settings say what they mean, and refuse what they cannot use."""

from pathlib import Path

import pytest

from course.base.settings import ROOT, SettingError, Settings, kept_secret


def given(**values):
    return Settings.from_environment({f"COURSE_{k}": v for k, v in values.items()})


def test_nothing_has_to_be_set():
    settings = given()

    assert settings.url == "http://127.0.0.1:8000"
    assert settings.instance == Path.cwd() / "instance"
    assert settings.database == f"sqlite:///{settings.instance}/course.sqlite"
    assert settings.content == ROOT


def test_an_empty_variable_is_as_good_as_none():
    assert given(PORT=" ", HOST="").port == 8000


def test_links_name_the_port_and_a_host_one_can_reach():
    everywhere = "0.0.0.0"  # noqa: S104 - only a value here
    assert given(HOST=everywhere, PORT="8080").url == "http://127.0.0.1:8080"
    assert given(URL="https://passeport.example/").url == "https://passeport.example"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "http", "COURSE_PORT must be a whole number from 1 to 65535"),
        ("PORT", "0", "not “0”"),
        ("PORT", "-1", "not “-1”"),
        ("PROXIES", "11", "from 0 to 10"),
        ("THREADS", "3.5", "COURSE_THREADS"),
        ("IDLE", "1441", "COURSE_IDLE must be a whole number from 0 to 1440"),
        ("DEMO", "yes", "COURSE_DEMO must be a whole number from 0 to 1"),
        ("URL", "passeport.example", "must begin with http:// or https://"),
        ("DATABASE", "mysql://root@localhost/x", "sqlite:/// or postgresql://"),
        ("DATABASE", "course.sqlite", "COURSE_DATABASE"),
        ("TIMEZONE", "Europe/Atlantis", "a zone such as Europe/Paris"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_its_name(name, value, said):
    with pytest.raises(SettingError, match=r"COURSE_") as refusal:
        given(**{name: value})

    assert said in str(refusal.value)


def test_what_is_shown_holds_no_secret():
    settings = given(
        SECRET="hush", DATABASE="postgresql://course:hush@db.example/course"
    )

    shown = settings.shown()

    assert shown["COURSE_SECRET"] == "(set)"
    assert shown["COURSE_DATABASE"] == "postgresql://course:***@db.example/course"
    assert "hush" not in "".join(shown.values())


def test_the_secret_is_made_once_for_its_owner_only(tmp_path):
    settings = given(INSTANCE=str(tmp_path))

    first, second = kept_secret(settings), kept_secret(settings)

    assert first == second
    assert len(first) >= 48
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_secret_that_is_given_is_not_kept(tmp_path):
    settings = given(INSTANCE=str(tmp_path), SECRET="hush")

    assert kept_secret(settings) == "hush"
    assert list(tmp_path.iterdir()) == []


def test_two_processes_agree_on_one_secret(tmp_path, monkeypatch):
    settings = given(INSTANCE=str(tmp_path))
    (tmp_path / "secret").write_text("the first one")
    monkeypatch.setattr(Path, "exists", lambda _path: False)  # it came in between

    assert kept_secret(settings) == "the first one"


def test_a_disk_without_hard_links_keeps_a_secret_too(tmp_path, monkeypatch):
    def refuse(_path, _target):
        raise PermissionError

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    settings = given(INSTANCE=str(tmp_path))

    assert kept_secret(settings) == kept_secret(settings)
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_content_is_where_one_stands_when_there_is_none_beside_the_code(
    tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("course.base.settings.ROOT", tmp_path)

    assert given().content == tmp_path
