"""bench/safeguards.py can still take away what it says: its texts and tests are there, and the document tells all of them."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def loaded() -> ModuleType:
    """The script as a module; bench/ is not a package."""
    spec = importlib.util.spec_from_file_location("safeguards", ROOT / "bench" / "safeguards.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["safeguards"] = module
    spec.loader.exec_module(module)
    return module


SAFEGUARDS = loaded().SAFEGUARDS


@pytest.mark.parametrize("safeguard", SAFEGUARDS, ids=lambda safeguard: safeguard.name)
def test_its_text_stands_once_and_its_test_is_there(safeguard: tuple[str, str, str, str, str]) -> None:
    _, file, old, new, test = safeguard
    text = (ROOT / file).read_text(encoding="utf-8")
    assert old != new and text.count(old) == 1
    module, _, name = test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / "tests" / module).read_text(encoding="utf-8")


def test_the_document_tells_all_of_them_noticed() -> None:
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \| `(.+?)` \| (\w+) \|$", (ROOT / "docs" / "safeguards.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [(safeguard.name, safeguard.file, safeguard.test, "failed") for safeguard in SAFEGUARDS]
