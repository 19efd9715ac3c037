"""The settings: from the environment, with defaults that work."""

from __future__ import annotations

import pytest

from cairn.settings import Settings, SettingsError
from tests.conftest import MINI


def test_defaults_need_no_environment():
    """Without any variable there is a curriculum, a data folder of the user's own, and SQLite in it."""
    settings = Settings.from_environment({})

    assert (settings.curriculum / "curriculum.yaml").is_file()
    assert settings.data.is_absolute()
    assert settings.data.name == "cairn"
    assert settings.sqlite_file == settings.data / "cairn.sqlite3"


def test_an_empty_variable_is_as_good_as_none():
    """`CAIRN_DATA=` in a script means the default, not the present folder."""
    empty = dict.fromkeys(("CAIRN_CURRICULUM", "CAIRN_DATA", "CAIRN_DATABASE_URL"), "")

    assert Settings.from_environment(empty) == Settings.from_environment({})


def test_each_place_can_be_set(tmp_path):
    """The curriculum, the data folder and the database are each taken from their variable."""
    settings = Settings.from_environment(
        {"CAIRN_CURRICULUM": str(MINI), "CAIRN_DATA": str(tmp_path), "CAIRN_DATABASE_URL": "postgresql://h/d"}
    )

    assert settings == Settings(curriculum=MINI, data=tmp_path, database_url="postgresql://h/d")


def test_the_database_lies_in_the_data_folder(tmp_path):
    """Setting only the data folder moves the database along."""
    assert Settings.from_environment({"CAIRN_DATA": str(tmp_path)}).sqlite_file == tmp_path / "cairn.sqlite3"


def test_the_home_folder_may_be_written_as_a_tilde(monkeypatch, tmp_path):
    """`~` is the person's home, also where no shell has expanded it."""
    monkeypatch.setenv("HOME", str(tmp_path))

    assert Settings.from_environment({"CAIRN_DATA": "~/notes"}).data == tmp_path / "notes"


def test_a_missing_curriculum_is_named(tmp_path):
    """The error says which folder is missing and which variable to set."""
    with pytest.raises(SettingsError, match=r"nowhere.*CAIRN_CURRICULUM"):
        Settings.from_environment({"CAIRN_CURRICULUM": str(tmp_path / "nowhere")})


def test_a_file_is_no_curriculum(tmp_path):
    """The curriculum is a folder."""
    (tmp_path / "file").touch()

    with pytest.raises(SettingsError, match="no folder"):
        Settings.from_environment({"CAIRN_CURRICULUM": str(tmp_path / "file")})


def test_only_sqlite_is_a_file():
    """A database on a server has no file."""
    assert Settings(MINI, MINI, "postgresql://h/d").sqlite_file is None


def test_reading_the_settings_makes_nothing(tmp_path):
    """No folder is made before something is to be kept."""
    Settings.from_environment({"CAIRN_DATA": str(tmp_path / "later")})

    assert list(tmp_path.iterdir()) == []
