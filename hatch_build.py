"""Builds the gazetteer before the package is put together, or installed in place."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GazetteerHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs ``gazetteer/build.py``, which does nothing when its sources have not changed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return  # the source distribution brings the tables, not what is made from them
        script = Path(self.root) / "gazetteer" / "build.py"
        spec = importlib.util.spec_from_file_location("fonti_gazetteer_build", script)
        assert spec and spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        out: Path = module.build()
        build_data["artifacts"].append(out.relative_to(self.root).as_posix())
