"""UUIDs that stay: version 5 (RFC 9562, 5.5), made of our permanent ids.

`NAMESPACE` is uuid5(NAMESPACE_URL, "tag:apupolku,2025:open-data"). A name is the kind and the id with slashes between,
such as "service/lahti-turvakoti" or "phone/service/lahti-turvakoti/080005005". Language and site address are not in it:
the same thing has the same UUID in every file, on every host. docs/open-data.md lists the names.
"""

from __future__ import annotations

import functools
import uuid

NAMESPACE = uuid.UUID("9f409828-d6a8-5ee6-a04d-79d4da55e3a5")


@functools.lru_cache(maxsize=65536)
def identifier(*steps: str) -> str:
    """The UUID of the thing that `steps` name: identifier("service", "lahti-doula")."""
    return str(uuid.uuid5(NAMESPACE, "/".join(steps)))
