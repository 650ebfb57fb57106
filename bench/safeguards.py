"""What keeps a reader safe, taken away piece by piece: for each piece a named test must fail.

    python bench/safeguards.py [WORD…] [--list] [--write]

Each safeguard is a small change to one file. First all named tests are run on an unchanged copy of this folder, where they
must pass; then each change is made alone in a fresh copy and only its test is run. Prints a table; with words, only of the
safeguards that have one of them in their name; `--write` keeps the table of all in docs/safeguards.md. Exit code 1: a change
that no test noticed, or one that could not be shown (its text is gone, or the site could not even be built). Takes a
quarter of an hour; needs what `make test` needs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
DOCUMENT = ROOT / "docs" / "safeguards.md"
MARK = "<!-- table -->"
TIMEOUT = 420  # seconds for one run of pytest: a build of the site and a test in a browser


class Safeguard(NamedTuple):
    """`old` stands once in `file`; with `new` in its place, `test` (as pytest names it, below tests/) must fail."""

    name: str
    file: str
    old: str
    new: str
    test: str


class Ran(NamedTuple):
    """Tests that passed, failed and could not be run (skipped, or their set-up broke); why the first failed; all that was said."""

    passed: int
    failed: int
    broken: int
    why: str
    said: str


EXIT = "browser/test_exit.py::test_"
TRACE = "browser/test_trace.py::test_"
SAFEGUARDS = (
    # Leaving quickly
    Safeguard(
        "the page is replaced, not followed",
        "theme/site.js",
        "location.replace(go.href);",
        "location.href = go.href;",
        f"{EXIT}the_button_replaces_the_page_and_opens_a_new_tab[fi]",
    ),
    Safeguard(
        "the new tab does not know the old one",
        "theme/site.js",
        '"_blank", "noopener,noreferrer"',
        '"_blank"',
        f"{EXIT}the_button_replaces_the_page_and_opens_a_new_tab[fi]",
    ),
    Safeguard("the curtain falls at once", "theme/site.js", "    curtain(true);\n", "", f"{EXIT}the_curtain_falls_at_once_and_nothing_of_the_page_is_left"),
    Safeguard(
        "the title turns neutral",
        "theme/site.js",
        "document.title = words.title;",
        "",
        f"{EXIT}the_curtain_falls_at_once_and_nothing_of_the_page_is_left",
    ),
    Safeguard(
        "typed words are emptied",
        "theme/site.js",
        'for (const field of document.querySelectorAll("input")) field.value = "";',
        "",
        f"{EXIT}what_was_typed_is_gone_before_the_page_is",
    ),
    Safeguard(
        "Back shows the neutral sheet", "theme/site.js", "if (back) curtain(false);", "", f"{EXIT}going_back_shows_the_neutral_sheet_not_the_pages_before"
    ),
    Safeguard(
        "nothing comes back from the back-forward cache",
        "theme/site.js",
        "if (others) others.postMessage(0);",
        "",
        f"{EXIT}going_back_shows_nothing_from_the_back_forward_cache",
    ),
    Safeguard(
        "Shift is for typing in a field",
        "theme/site.js",
        "(element) => element && (",
        "(element) => false && (",
        f"{EXIT}shift_does_not_leave_while_typing_in_a_field",
    ),
    Safeguard(
        "Shift with another key held is a shortcut",
        "theme/site.js",
        "event.ctrlKey || event.altKey || event.metaKey || ",
        "",
        f"{EXIT}shift_with_another_key_held_is_a_shortcut_not_leaving[Control]",
    ),
    Safeguard("a long press of Shift does not count", "theme/site.js", "event.timeStamp - since < HELD", "true", f"{EXIT}a_held_shift_does_not_count"),
    Safeguard("another key starts again", "theme/site.js", "!event.repeat) forget();", "!event.repeat) ;", f"{EXIT}another_key_between_starts_again"),
    Safeguard(
        "the exit works without JavaScript",
        "theme/components/foot/foot.html",
        'data-exit href="{{ site.exit_url }}"',
        "data-exit",
        f"{EXIT}without_javascript_it_is_a_link",
    ),
    Safeguard("print leaves the exit out", "theme/base.css", "@media print{.exit,", "@media print{", f"{EXIT}it_is_never_printed"),
    # No trace
    Safeguard(
        "the page tells no referrer",
        "theme/layout.html",
        '<meta name="referrer" content="no-referrer">\n',
        "",
        f"{TRACE}every_page_has_the_strict_policy_and_tells_no_referrer",
    ),
    Safeguard(
        "links out tell no referrer",
        "theme/pages/service.html",
        '" rel="noreferrer">{{ view.url_host }}',
        '">{{ view.url_host }}',
        "browser/test_pages.py::test_no_link_tells_another_site_where_the_reader_came_from",
    ),
    Safeguard(
        "the header tells no referrer",
        "generator/headers.py",
        '    "Referrer-Policy": "no-referrer",\n',
        "",
        "test_headers.py::test_each_header_says_what_the_documentation_promises",
    ),
    Safeguard(
        "pages are not kept on a shared phone",
        "generator/headers.py",
        'NOT_KEPT = "no-store"',
        'NOT_KEPT = "no-cache"',
        "test_headers.py::test_each_header_says_what_the_documentation_promises",
    ),
    Safeguard(
        "no foreign frame around a page",
        "generator/headers.py",
        """(POLICY | {"frame-ancestors": "'none'"})""",
        "POLICY",
        "test_headers.py::test_the_policy_is_that_of_the_pages_and_what_only_a_header_can_say",
    ),
    Safeguard(
        "only the site's own scripts",
        "generator/pages/renderer.py",
        '"script-src": "\'self\'"',
        "\"script-src\": \"'self' 'unsafe-inline'\"",
        f"{TRACE}every_page_has_the_strict_policy_and_tells_no_referrer",
    ),
    Safeguard(
        "no form leads out",
        "generator/pages/renderer.py",
        '    "form-action": "\'self\'",\n',
        "",
        "test_headers.py::test_each_header_says_what_the_documentation_promises",
    ),
    Safeguard(
        "what is sought stays behind #",
        "theme/site.js",
        '"#q=" + encodeURIComponent',
        '"?q=" + encodeURIComponent',
        f"{TRACE}searching_filtering_and_changing_language_leave_no_trace[fi]",
    ),
    Safeguard(
        "without JavaScript nothing typed is sent",
        "theme/pages/home.html",
        '<input id="ask" ',
        '<input id="ask" name="q" ',
        f"{TRACE}without_javascript_nothing_typed_is_sent[fi]",
    ),
    Safeguard(
        "the finder keeps nothing",
        "theme/components/finder/finder.js",
        "    worker.postMessage({ query })\n",
        "    window['local' + 'Storage'].setItem('q', query)\n    worker.postMessage({ query })\n",
        f"{TRACE}searching_filtering_and_changing_language_leave_no_trace[fi]",
    ),
    Safeguard(
        "a sensitive service has a discreet title",
        "generator/localise/services.py",
        'reader.gettext("Service") if service.sensitive else own.name.text',
        "own.name.text",
        f"{TRACE}sensitive_services_are_discreet",
    ),
    # Confidential places
    Safeguard(
        "every file is searched for confidential places",
        "generator/site.py",
        "    catalogue.problems.extend(guard.search(guard.secrets(catalogue), files | renderer.assets.files))\n",
        "",
        "test_guard.py::test_in_a_template",
    ),
    Safeguard(
        "texts are searched for confidential places",
        "generator/guard.py",
        "            if secret:\n                where",
        "            if secret and False:\n                where",
        "test_guard.py::test_in_the_prose_of_another_service",
    ),
    Safeguard(
        "addresses are found without their dots",
        "generator/guard.py",
        "((pattern, probe), (_plain(pattern), _plain(probe)))",
        "((pattern, probe),)",
        "test_guard.py::test_in_the_name_of_a_file_and_the_log_does_not_say_it",
    ),
    # Everyone can use it
    Safeguard(
        "44 px for a thumb",
        "theme/pages/home.css",
        ".plain a{display:flex;align-items:center;min-height:2.75rem;",
        ".plain a{display:flex;align-items:center;",
        "browser/test_look.py::test_targets_are_at_least_44_px[phone-fi/]",
    ),
    Safeguard(
        "the focus is seen",
        "theme/base.css",
        ":focus-visible{outline:3px solid var(--action)",
        ":focus-visible{outline:0",
        "browser/test_keyboard.py::test_every_stop_of_the_tab_key_is_seen_and_named[fi/-320]",
    ),
    Safeguard(
        "the bar does not cover what has focus",
        "theme/base.css",
        "scroll-padding:1rem 0 calc(var(--bar) + 1rem)",
        "scroll-padding:0",
        "browser/test_keyboard.py::test_every_stop_of_the_tab_key_is_seen_and_named[uk/temy/safety/-320]",
    ),
    Safeguard(
        "text has a contrast of 7", "theme/base.css", "--quiet:#43535a", "--quiet:#66767d", "browser/test_look.py::test_text_contrast_is_at_least_7[light]"
    ),
    Safeguard(
        "nothing jumps while scripts are on their way",
        "theme/components/finder/finder.css",
        '[data-finder=""] .finder-form{visibility:hidden}',
        '[data-finder=""] .finder-form{display:none}',
        "browser/test_look.py::test_nothing_jumps_while_scripts_are_on_their_way[uk/poshuk/]",
    ),
    Safeguard(
        "nothing can be typed before the finder's script is there",
        "theme/components/finder/finder.css",
        '[data-finder=""] .finder-form{visibility:hidden}',
        "",
        "browser/test_look.py::test_the_finders_form_waits_for_its_script[fi]",
    ),
    Safeguard(
        "nothing moves for those who ask for it",
        "theme/base.css",
        "@media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}",
        "html{scroll-behavior:smooth}",
        "browser/test_keyboard.py::test_nothing_moves_for_those_who_ask_for_it",
    ),
    Safeguard(
        "headings are in order",
        "theme/pages/service.html",
        '<h3>{{ _("When") }}</h3>',
        '<h4>{{ _("When") }}</h4>',
        "browser/test_tree.py::test_the_tree_is_the_one_that_was_read[service]",
    ),
    Safeguard(
        "the number of results is said",
        "theme/components/finder/finder.html",
        '<p role="status" data-status',
        "<p data-status",
        "browser/test_tree.py::test_the_tree_is_the_one_that_was_read[finder]",
    ),
    Safeguard(
        "a foreign name says its language",
        "theme/pages/service.html",
        '<span lang="{{ card.door_name.lang }}">',
        "<span>",
        "browser/test_pages.py::test_39_services_have_pages_in_four_languages_without_fallback_text",
    ),
    Safeguard(
        "a long sentence is told",
        "generator/prose.py",
        "(count := len(words(part))) > limit:",
        "(count := len(words(part))) > limit + 2:",
        "test_plain_language.py::test_a_long_sentence[fi]",
    ),
)


def copied(folder: Path) -> Path:
    """A copy of this repository that shares its installed packages."""
    copy = folder / "copy"

    def left_out(folder: str, names: list[str]) -> set[str]:
        return LEFT_OUT(folder, names) | ({"site"} if Path(folder) == ROOT else set())  # tests/site is the tests' own

    shutil.copytree(ROOT, copy, ignore=left_out, symlinks=True)
    for name in (".venv", "node_modules"):
        if (ROOT / name).exists():
            (copy / name).symlink_to((ROOT / name).resolve())
    return copy


def run(copy: Path, tests: list[str]) -> Ran:
    """Tests run in the copy."""
    report = copy / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *(f"tests/{test}" for test in tests)]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=TIMEOUT * (1 + len(tests) // 8), check=False, env=environment)
    except subprocess.TimeoutExpired:
        return Ran(0, 0, 1, "", "it did not end in time")
    if not report.is_file():
        return Ran(0, 0, 1, "", done.stdout + done.stderr)
    cases = list(ElementTree.parse(report).iter("testcase"))
    failures = [failure.get("message") or "" for case in cases if (failure := case.find("failure")) is not None]
    broken = sum(case.find("error") is not None or case.find("skipped") is not None for case in cases)
    why = " ".join(failures[0].split("\n")[0].split()) if failures else ""
    return Ran(len(cases) - len(failures) - broken, len(failures), broken, why, done.stdout + done.stderr)


def taken_away(safeguard: Safeguard, folder: Path) -> tuple[str, Ran]:
    """“failed” as it should, “survived”, or “not shown”."""
    copy = copied(folder)
    file = copy / safeguard.file
    text = file.read_text(encoding="utf-8")
    if text.count(safeguard.old) != 1:
        return "not shown", Ran(0, 0, 1, "", f"the text to replace stands {text.count(safeguard.old)} times in {safeguard.file}")
    file.write_text(text.replace(safeguard.old, safeguard.new), encoding="utf-8")
    ran = run(copy, [safeguard.test])
    if ran.failed:
        return "failed", ran
    return ("not shown" if ran.broken or not ran.passed else "survived"), ran


def write(outcomes: list[tuple[Safeguard, str]]) -> None:
    """The table in docs/safeguards.md, between its marks."""
    before, _, after = DOCUMENT.read_text(encoding="utf-8").split(MARK)
    lines = [
        "| taken away | in | test | |",
        "|---|---|---|---|",
        *(f"| {safeguard.name} | `{safeguard.file}` | `{safeguard.test}` | {outcome} |" for safeguard, outcome in outcomes),
    ]
    DOCUMENT.write_text("\n".join([f"{before}{MARK}", *lines, f"{MARK}{after}"]), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("words", nargs="*", metavar="WORD", help="only safeguards with one of these words in their name")
    parser.add_argument("--list", action="store_true", help="say which safeguards there are, run nothing")
    parser.add_argument("--write", action="store_true", help="keep the table of all in docs/safeguards.md")
    options = parser.parse_args()
    if options.write and options.words:
        parser.error("--write keeps the table of all safeguards")
    chosen = [safeguard for safeguard in SAFEGUARDS if not options.words or any(word in safeguard.name for word in options.words)]
    width = max((len(safeguard.name) for safeguard in chosen), default=0)
    if options.list:
        for safeguard in chosen:
            print(f"{safeguard.name:{width}}  {safeguard.file:34}  {safeguard.test}")
        return 0
    # In memory where there is such a folder: each copy builds the whole site anew.
    memory = "/dev/shm" if Path("/dev/shm").is_dir() and shutil.disk_usage("/dev/shm").free > 1_000_000_000 else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        tests = list(dict.fromkeys(safeguard.test for safeguard in chosen))
        ran = run(copied(Path(folder)), tests)
    if ran.failed or ran.broken or ran.passed < len(tests):
        print(ran.said[-4000:])
        print("Not all of these tests pass on an unchanged copy: nothing can be shown.")
        return 1
    print(f"unchanged: all of the {len(tests)} tests named below pass ({ran.passed} cases)", flush=True)
    outcomes: list[tuple[Safeguard, str]] = []
    for safeguard in chosen:
        started = time.monotonic()
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            outcome, ran = taken_away(safeguard, Path(folder))
        outcomes.append((safeguard, outcome))
        print(f"{safeguard.name:{width}}  {outcome:9}  {time.monotonic() - started:4.0f} s  {safeguard.test}\n{'':{width}}  {ran.why[:150]}", flush=True)
        if outcome == "not shown":
            print(ran.said[-2000:])
    failed = sum(outcome == "failed" for _, outcome in outcomes)
    print(f"{len(outcomes)} safeguards taken away one by one: {failed} noticed by the named test, {len(outcomes) - failed} not")
    if options.write:
        write(outcomes)
    return 0 if failed == len(outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main())
