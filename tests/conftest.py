"""What several tests share: the tiny site in tests/site (2 organizations, 3 services), copied so that a test may change it."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
from pathlib import Path

import hypothesis
import pytest

from generator.settings import Settings, resources

# The tests' own modules (golden, examples, …) are imported by their plain names.
sys.path.insert(0, str(Path(__file__).parent))

# Random tests try the same examples everywhere, so that a change is judged by what it changes. APUPOLKU_RANDOM=1 looks for new ones.
hypothesis.settings.register_profile("same", derandomize=True)
if not os.environ.get("APUPOLKU_RANDOM"):
    hypothesis.settings.load_profile("same")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the tiny site, with the project's theme where its mkdocs.yml looks for it."""
    root = tmp_path / "site"
    shutil.copytree(Path(__file__).parent / "site", root)
    configuration = root / "mkdocs.yml"
    configuration.write_text(configuration.read_text(encoding="utf-8").replace("../../theme", str(resources("theme"))), encoding="utf-8")
    return root


@pytest.fixture
def settings() -> Settings:
    """Settings of which nothing depends on the day or the working directory."""
    return Settings(today=datetime.date(2026, 6, 1))
