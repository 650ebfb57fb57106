"""The ways between services as a directed graph: what comes before, beside and after each, and what follows from it.

Pure functions over facts; nothing here knows of languages, pages or messages. Ids that nothing has are passed over
(`catalogue` tells of them). What only one of two services says holds for both here; `checks` tells of it.

How intensive a service is follows from its facts alone (`intensity`):

0  at a distance: open to everyone, by phone, chat or the web only
1  an open door: open to everyone, at a place
2  support over some time: one contacts it oneself, or it depends on the municipality, or the source does not say
3  the strongest: one lives there, or a professional decides

A topic's whole way goes through these in order and then, as its fifth stage, back to everyday life: to where a way ends
(`whole_way`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from generator.model import THRESHOLDS, Schedule, Service

Relation = Literal["before", "beside", "after"]
RELATIONS: tuple[Relation, ...] = ("before", "beside", "after")
REVERSE: dict[Relation, Relation] = {"before": "after", "beside": "beside", "after": "before"}
STAGES = ("distance", "open-door", "support", "strongest", "everyday")
"""The stages of a whole way: the four of `intensity`, and what comes when the way ends."""

_AT_A_DISTANCE = {"phone", "chat", "remote"}
_RESIDENTIAL = "residential"


class Stretch(NamedTuple):
    """The neighbors of one service: ids, in the order in which its file names them, those that only name it after them."""

    before: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class OneSided(NamedTuple):
    """An edge that only one end knows: the `position`-th entry of `relation` of `service` names `other`, which says nothing back."""

    service: str
    relation: Relation
    position: int
    other: str


class Stage(NamedTuple):
    """A stage of a whole way: one of STAGES, and the ids of its services."""

    code: str
    services: tuple[str, ...]


Graph = Mapping[str, Stretch]


def graph(services: Mapping[str, Service]) -> Graph:
    """The stretch of every service, each edge known at both ends."""
    # For each service what comes before, beside and after it; dicts, since the order in which they are named stays.
    found: dict[str, tuple[dict[str, None], dict[str, None], dict[str, None]]] = {name: ({}, {}, {}) for name in services}
    backward: list[tuple[str, int, str]] = []
    for name, service in services.items():
        path = service.referral_path
        for place, others in enumerate((path.before, path.beside, path.after)):
            for other in others:
                if other in services and other != name:
                    found[name][place][other] = None
                    backward.append((other, 2 - place, name))
    for name, place, other in backward:
        found[name][place].setdefault(other)
    return {name: Stretch(tuple(before), tuple(beside), tuple(after)) for name, (before, beside, after) in found.items()}


def _edges(services: Mapping[str, Service]) -> Iterator[OneSided]:
    for name, service in services.items():
        for relation in RELATIONS:
            for position, other in enumerate(getattr(service.referral_path, relation)):
                if other in services and other != name:
                    yield OneSided(name, relation, position, other)


def one_sided(services: Mapping[str, Service]) -> Iterator[OneSided]:
    """Edges that only one end knows: A says that B comes after; B does not name A before itself."""
    for edge in _edges(services):
        if edge.service not in getattr(services[edge.other].referral_path, REVERSE[edge.relation]):
            yield edge


def cycles(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Circles that one never leaves: services that lead to each other and, all together, to nothing else. Sorted ids."""
    found = []
    for circle in _circles(graph):
        if len(circle) > 1 and not any(other not in circle for name in circle for other in graph[name].after):
            found.append(tuple(sorted(circle)))
    return tuple(sorted(found))


def _circles(graph: Graph) -> Iterator[set[str]]:
    """The strongly connected parts along `after` (Kosaraju's two passes, without recursion)."""
    order: list[str] = []
    seen: set[str] = set()
    for root in graph:
        stack = [(root, iter(graph[root].after))] if root not in seen else []
        seen.add(root)
        while stack:
            name, rest = stack[-1]
            other = next((step for step in rest if step not in seen), None)
            if other is None:
                order.append(name)
                stack.pop()
            else:
                seen.add(other)
                stack.append((other, iter(graph[other].after)))
    taken: set[str] = set()
    for root in reversed(order):
        part = _reached(root, lambda name: graph[name].before, taken)
        if part:
            yield part


def _reached(root: str, neighbors: Any, taken: set[str]) -> set[str]:
    """All that is reached from `root` and not `taken` yet; takes it."""
    part: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop()
        if name not in taken:
            taken.add(name)
            part.add(name)
            waiting += neighbors(name)
    return part


def islands(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Services, alone or in small groups, that no way joins to the rest: every connected part but the largest. Sorted ids."""
    taken: set[str] = set()
    parts = [part for root in graph if (part := _reached(root, lambda name: [step for steps in graph[name] for step in steps], taken))]
    largest = max(parts, key=len, default=set())
    return tuple(sorted(tuple(sorted(part)) for part in parts if part is not largest))


def is_crisis(service: Service) -> bool:
    """Whether people come in a crisis: a sensitive matter, and a place to stay or help day and night."""
    schedules: Iterable[Schedule] = (*service.schedules, *(schedule for phone in service.phones for schedule in phone.schedules))
    return service.sensitive and (_RESIDENTIAL in service.channels or any(schedule.always_open for schedule in schedules))


def intensity(service: Service) -> int:
    """How intensive the help is, 0 to 3, as the module says."""
    if _RESIDENTIAL in service.channels or service.threshold == "referral":
        return 3
    if service.threshold != "open":
        return 2
    return 0 if service.channels and _AT_A_DISTANCE.issuperset(service.channels) else 1


def whole_way(services: Mapping[str, Service], graph: Graph, topic: str, areas: Sequence[str] = ()) -> tuple[Stage, ...]:
    """The way of a topic, from the lowest threshold to the strongest help and back to everyday life, empty stages left out.

    Back to everyday life leads, first, each service of the topic where a way ends: nothing comes after it, something of
    the topic that is at least as intensive comes before it, and nothing beside it goes on. Then what comes after a service
    of the topic without being of the topic itself, unless it is more intensive or a sensitive matter of its own. Within a
    stage by area, in the order of `areas`, then those whose first
    topic this is, then by threshold.
    """
    own = {name for name, service in services.items() if topic in service.topics}

    def ends(name: str) -> bool:
        stretch, level = graph[name], intensity(services[name])
        return (
            not stretch.after
            and any(other in own and intensity(services[other]) >= level for other in stretch.before)
            and not any(other in own and graph[other].after for other in stretch.beside)
        )

    def leads_out(name: str, other: str) -> bool:
        return not services[other].sensitive and intensity(services[other]) <= intensity(services[name])

    def place(name: str) -> tuple[Any, ...]:
        service = services[name]
        first = min((areas.index(area) for area in service.service_areas if area in areas), default=len(areas))
        return (name not in own, first, service.topics[0] != topic, THRESHOLDS.index(service.threshold), name)

    stages: dict[str, list[str]] = {code: [] for code in STAGES}
    for name in own:
        stages["everyday" if ends(name) else STAGES[intensity(services[name])]].append(name)
    stages["everyday"] += {other for name in own for other in graph[name].after if other not in own and leads_out(name, other)}
    return tuple(Stage(code, tuple(sorted(names, key=place))) for code, names in stages.items() if names)


def is_behind_a_door(service: Service) -> bool:
    """Whether someone else decides who gets in, or nobody has said: one may have to wait."""
    return service.threshold in ("referral", "municipality", "not-stated")


def open_by_topic(services: Mapping[str, Service]) -> Mapping[str, Sequence[Service]]:
    """The services that are open to everyone now, for each topic that has any."""
    found: dict[str, list[Service]] = {}
    for service in services.values():
        if service.threshold == "open" and service.status == "active":
            for topic in service.topics:
                found.setdefault(topic, []).append(service)
    return found


def meanwhile(service: Service, openers: Mapping[str, Sequence[Service]], wider: Mapping[str, str | None], limit: int = 3) -> tuple[str, ...]:
    """Open services that help while one waits for `service`: for the same people, in one of its topics, in its area or a wider one.

    `openers`: as `open_by_topic`; `wider`: the larger area of each area. First those that share its first topic, then those
    that share more topics, then the easiest to reach. Empty where nobody has to wait.
    """
    if not is_behind_a_door(service):
        return ()
    near = set(service.service_areas)
    waiting = list(near)
    while waiting:
        larger = wider.get(waiting.pop())
        if larger and larger not in near:
            near.add(larger)
            waiting.append(larger)
    found = {other.id: other for topic in service.topics for other in openers.get(topic, ()) if other.id != service.id}

    def place(other: Service) -> tuple[Any, ...]:
        return (service.topics[0] not in other.topics, -len(set(service.topics) & set(other.topics)), intensity(other), other.id)

    groups = set(service.target_groups)
    helping = [other for other in found.values() if _meet(near, other.service_areas) and _meet(groups, other.target_groups)]
    return tuple(other.id for other in sorted(helping, key=place)[:limit])


def _meet(some: set[str], others: Iterable[str]) -> bool:
    """Whether two lists share an entry; one that says nothing does not rule anything out."""
    return not some or not others or not some.isdisjoint(others)
