"""A world of Sideglance for each test, and assertions about what a client did."""

from .cloud import AdminError, Cloud
from .world import World

__all__ = ["AdminError", "Cloud", "World"]
