"""Words in XML and HTML."""

from __future__ import annotations

import re
from html import escape
from typing import Any

UNSEEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def words(value: Any) -> str:
    """A value as text in an element or in an attribute's quotation marks."""
    return escape(UNSEEN.sub("\ufffd", "" if value is None else str(value)))
