"""Whether the nets read a text the same wherever it stands and on whatever processor.

    python bench/same.py LANGUAGE TEXTS

Parses the TEXTS (JSON lines with a `text`) one by one and in batches, with the kernels that numpy's OpenBLAS would use
on other processors; prints the number of words and a hash of all that the nets say, which should be equal in every
line. ONNX Runtime chooses its own kernels and cannot be told to take others.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

KERNELS = ("SkylakeX", "Haswell", "Nehalem")


def said(language: str, texts: Path, batch: int) -> str:
    from fonti.layers.parse import pipeline

    read = [json.loads(line)["text"] for line in texts.open(encoding="utf-8")]
    words, hashed = 0, hashlib.sha256()
    for doc in pipeline(language).pipe(read, batch_size=batch):
        words += len(doc)
        tokens = [(t.head.i, t.dep_, t.pos_, str(t.morph), t.lemma_, t.ent_iob_, t.ent_type_) for t in doc]
        hashed.update(repr(tokens).encode())
    return f"{words} words {hashed.hexdigest()[:16]}"


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if len(sys.argv) == 4:
        print(said(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
    else:
        for kernel in KERNELS:
            for batch in (1, 64):
                print(f"{kernel:9} batches of {batch:2}: ", end="", flush=True)
                environment = {**os.environ, "OPENBLAS_CORETYPE": kernel}
                subprocess.run([sys.executable, __file__, *sys.argv[1:], str(batch)], env=environment, check=True)
