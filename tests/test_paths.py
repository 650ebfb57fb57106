"""The graph of services: small ones made by hand, and what the real one says of every topic."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import catalogue, paths
from generator.localise import localise
from generator.model import NOT_REQUIRED, Service
from generator.pages import pictures
from generator.settings import Settings

ROOT = Path(__file__).parents[1]


def services(**ways: str) -> dict[str, Service]:
    """Services a, b, …; each says “>b” (after), “<b” (before) or “=b” (beside), several divided by spaces."""
    made = {}
    for name, said in ways.items():
        sides = {sign: tuple(word[1:] for word in said.split() if word[0] == sign) for sign in "<=>"}
        path = {"before": sides["<"], "beside": sides["="], "after": sides[">"]}
        made[name] = Service.model_validate(
            {"id": name, "organization": "o", "name": {"fi": name}, "summary": {"fi": name}, "topics": ["t"], "threshold": "open", "referral_path": path}
        )
    return made


def change(service: Service, **facts: Any) -> Service:
    return service.model_copy(update=facts)


def test_an_edge_holds_for_both_and_its_silent_end_is_told() -> None:
    made = services(a=">b >gone", b="=c", c="=b <a")
    assert paths.graph(made) == {"a": ((), (), ("b", "c")), "b": (("a",), ("c",), ()), "c": (("a",), ("b",), ())}
    assert list(paths.one_sided(made)) == [("a", "after", 0, "b"), ("c", "before", 0, "a")]


@pytest.mark.parametrize(
    ("ways", "circles"),
    [
        ({"a": ">b", "b": ">c", "c": ""}, ()),
        ({"a": ">b", "b": ">a"}, (("a", "b"),)),
        ({"a": ">b", "b": ">a >c", "c": ""}, ()),
        ({"a": ">b", "b": ">c", "c": ">b", "d": "<c", "e": ""}, ()),
        ({"a": ">b", "b": ">c", "c": ">b"}, (("b", "c"),)),
        ({"a": ">a"}, ()),
        ({"a": ">b", "b": ">a", "c": ">d", "d": ">e", "e": ">c"}, (("a", "b"), ("c", "d", "e"))),
    ],
)
def test_circles_without_a_way_out(ways: dict[str, str], circles: tuple[tuple[str, ...], ...]) -> None:
    assert paths.cycles(paths.graph(services(**ways))) == circles


def test_a_long_chain_needs_no_recursion() -> None:
    made = services(**{f"s{number}": f">s{number + 1}" for number in range(3000)})
    assert paths.cycles(paths.graph(made)) == ()
    assert paths.islands(paths.graph(made)) == ()


def test_islands_are_every_part_but_the_largest() -> None:
    assert paths.islands(paths.graph(services(a=">b", b="", c="=d", d="", e="", f="<b"))) == (("c", "d"), ("e",))
    assert paths.islands(paths.graph(services(a=""))) == ()
    assert paths.islands({}) == ()


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({}, 1),
        ({"channels": ("phone",)}, 0),
        ({"channels": ("chat", "remote")}, 0),
        ({"channels": ("phone", "in-person")}, 1),
        ({"threshold": "self-referral", "channels": ("phone",)}, 2),
        ({"threshold": "municipality"}, 2),
        ({"threshold": "not-stated"}, 2),
        ({"threshold": "referral"}, 3),
        ({"channels": ("residential",)}, 3),
    ],
)
def test_intensity_follows_from_facts(facts: dict[str, Any], level: int) -> None:
    assert paths.intensity(change(services(a="")["a"], **facts)) == level


def test_a_whole_way_goes_up_and_back_to_where_it_ends() -> None:
    made = services(call=">home", door="", talks=">group =other", other="", home=">talks <call", group="", outside="<talks", secret="<talks")
    made["call"] = change(made["call"], channels=("phone",))
    made |= {name: change(made[name], threshold="self-referral") for name in ("talks", "other", "group")}
    made["home"] = change(made["home"], channels=("residential",))
    made["outside"], made["secret"] = change(made["outside"], topics=("u",)), change(made["secret"], topics=("u",), sensitive=True)
    way = paths.whole_way(made, paths.graph(made), "t")
    assert way == (
        ("distance", ("call",)),
        ("open-door", ("door",)),
        ("support", ("other", "talks")),
        ("strongest", ("home",)),
        ("everyday", ("group", "outside")),
    )
    assert paths.whole_way(made, paths.graph(made), "nothing") == ()


def test_who_helps_meanwhile() -> None:
    made = services(wait="", near="", far="", wide="", chat="", closed="")
    made["wait"] = change(made["wait"], threshold="referral", topics=("t", "u"), service_areas=("lahti",), target_groups=("families",))
    made["near"] = change(made["near"], service_areas=("lahti",), topics=("u",))
    made["far"] = change(made["far"], service_areas=("kotka",))
    made["wide"] = change(made["wide"], service_areas=("country",), target_groups=("families", "men"))
    made["chat"] = change(made["chat"], channels=("chat",), target_groups=("men",))
    made["closed"] = change(made["closed"], status="temporarily closed")
    openers = paths.open_by_topic(made)
    assert paths.meanwhile(made["wait"], openers, {"lahti": "country", "country": None}) == ("wide", "near")
    assert paths.meanwhile(made["near"], openers, {}) == ()


@pytest.fixture(scope="module")
def real() -> catalogue.Catalogue:
    return catalogue.load(ROOT / "services")


def test_every_service_and_topic_of_the_real_graph(real: catalogue.Catalogue) -> None:
    graph = paths.graph(real.services)
    assert not list(paths.one_sided(real.services)) and not paths.cycles(graph) and not paths.islands(graph)
    crises = [service.id for service in real.services.values() if paths.is_crisis(service)]
    assert {"lahti-turvakoti", "nollalinja"} <= set(crises) and all(graph[name].after for name in crises)
    ways = {topic: dict(paths.whole_way(real.services, graph, topic)) for topic in real.terms["topics"]}
    for topic, way in ways.items():
        own = {name for name, service in real.services.items() if topic in service.topics}
        assert own <= {name for names in way.values() for name in names}
        assert sum(map(len, way.values())) == len({name for names in way.values() for name in names}), "each once"
    assert ways["safety"]["strongest"] == ("lahti-turvakoti",)
    assert "nollalinja" in ways["safety"]["distance"]
    assert "lahti-ensikoti" in ways["baby"]["strongest"] and "lahti-perhetupa" in ways["baby"]["everyday"]
    # Whoever hurts others is not led to where those whom they hurt are.
    assert not {"lahti-turvakoti", "lahti-naisten-vertaisryhma"} & {name for names in ways["own-actions"].values() for name in names}


@pytest.mark.parametrize("language", ["fi", "sv", "en", "uk"])
def test_way_in_of_every_service_in_words(real: catalogue.Catalogue, language: str) -> None:
    site = localise(real, language, Settings())
    for name, view in site.services.items():
        service = real.services[name]
        assert view.way_in.startswith(view.card.threshold.sentence)
        assert len(view.steps) >= 2
        assert bool(view.ask) == paths.is_behind_a_door(service)
        assert bool(view.meanwhile) <= paths.is_behind_a_door(service)
        assert (view.ask_at_door is not None) == (bool(view.ask) and language != "fi")
        if view.ask:
            assert view.meanwhile, f"{name}: somebody waits and nothing helps meanwhile"
            assert not re.search(r"[{}]", view.ask)
    ensikoti = site.services["lahti-ensikoti"]
    finnish = ensikoti.ask_at_door.text if ensikoti.ask_at_door else ensikoti.ask
    assert finnish == "Voisitko ohjata meidät tähän palveluun: Ensikoti, Lahden ensi- ja turvakoti ry?"


def test_what_one_need_not_have_is_said_only_where_the_source_says_so(real: catalogue.Catalogue) -> None:
    site = localise(real, "en", Settings())
    assert "You need no diagnosis. You need not be sober." in site.services["lahti-aggredi"].way_in
    assert site.services["lahti-aggredi"].way_in.endswith("You need not say your name.")
    assert "You need not have been hit." in site.services["lahti-turvakoti"].way_in
    assert {name for name, view in site.services.items() if "sober" in view.way_in} == {"lahti-aggredi"}
    assert Service.model_fields["not_required"].annotation.__args__[0].__args__ == NOT_REQUIRED  # type: ignore[union-attr]


def card(name: str) -> Any:
    return SimpleNamespace(name=SimpleNamespace(text=name), threshold=SimpleNamespace(code="open"))


def test_a_picture_numbers_as_the_list_does_and_says_itself() -> None:
    before, beside, after = [card("A"), card("B")], [card("C")], [card("D")]
    picture = pictures.stretch(before, beside, after, ("Before", "Beside", "After"))
    assert picture is not None
    assert picture.label == "Before: A, B. Beside: C. After: D."
    assert [dot.number for dot in picture.shape.dots] == [1, 2, 3, 4]
    assert [dot.x < 0 for dot in picture.shape.dots] == [True, True, False, False] and picture.shape.dots[3].x > 0
    left, top, width, height = picture.shape.box
    assert all(left <= dot.x - 14 and dot.x + 14 <= left + width and top <= dot.y - 14 and dot.y + 14 <= top + height for dot in picture.shape.dots)
    mirrored = pictures.stretch(before, beside, after, ("Before", "Beside", "After"), "rtl")
    assert mirrored is not None and [dot.x for dot in mirrored.shape.dots] == [-dot.x for dot in picture.shape.dots]
    assert pictures.stretch([], [], [], ("", "", "")) is None


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_whole_way_is_drawn_within_its_box_and_no_dot_covers_another(real: catalogue.Catalogue, direction: str) -> None:
    for view in localise(real, "en", Settings()).paths:
        picture = pictures.whole(dataclasses.replace(view), direction)
        left, top, width, height = picture.shape.box
        assert [dot.number for dot in picture.shape.dots] == list(range(1, len(picture.shape.dots) + 1))
        for dot in picture.shape.dots:
            assert left <= dot.x - 14 and dot.x + 14 <= left + width and top <= dot.y - 14 and dot.y + 14 <= top + height, (view.id, dot)
            assert all((dot.x - other.x) ** 2 + (dot.y - other.y) ** 2 >= 28**2 for other in picture.shape.dots if other is not dot), (view.id, dot)
        assert re.fullmatch(r"([Mmch L\d.-])*", picture.shape.arrows)
        assert all(stage.name in picture.label for stage in view.stages)
