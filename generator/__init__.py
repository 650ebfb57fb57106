"""Apupolku: one YAML file per service becomes a static site in several languages.

The rooms and the one way through them are described in docs/architecture.md; imports go only upwards in its list.
"""

__version__ = "0.1.0"
