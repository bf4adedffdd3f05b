"""The store: reports, their versions and what was read in them, in one SQLite file or a PostgreSQL database."""

from __future__ import annotations

from .opening import Store

__all__ = ["Store"]
