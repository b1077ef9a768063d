"""What one photograph of 12 megapixels costs, from its upload to all its renditions.

In a process of its own: `python -m benchmarks.media`. It needs no database and leaves no file.
"""

import io
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import django
from django.core.files.base import ContentFile
from django.test import override_settings
from PIL import Image as Picture

from sorb.media import checks, pictures, renditions

SIZE = (4000, 3000)


def photograph() -> bytes:
    """A picture with the detail of a photograph: blurs of four sizes, and noise over them."""
    scene = Picture.new("RGB", SIZE, "gray")
    for across, share in ((12, 0.6), (60, 0.4), (240, 0.25), (900, 0.15), (SIZE[0], 0.08)):
        parts = [Picture.effect_noise((across, across * 3 // 4), 120) for _band in "RGB"]
        layer = Picture.merge("RGB", parts).resize(SIZE)
        scene = Picture.blend(scene, layer, share)
    data = io.BytesIO()
    scene.save(data, "JPEG", quality=90)
    return data.getvalue()


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(what: str, work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    result = work()
    print(f"{what:32}{time.perf_counter() - started:8.2f} s")
    return result


def measure(content: bytes) -> None:
    file = ContentFile(content, name="photo.jpg")
    before = megabytes()
    started = time.perf_counter()
    picture = timed("checked and decoded", lambda: checks.read_image(file))
    normal = timed("normal form", lambda: pictures.normal(picture))
    kept, _extension = timed("original encoded", lambda: pictures.encoded(normal))
    written: list[str] = []
    made = timed(
        "renditions", lambda: renditions.make(normal, "images/2026/01/x.jpg", (50, 50), written)
    )
    print(f"{'all':32}{time.perf_counter() - started:8.2f} s")
    print(f"{'memory grew by':32}{megabytes() - before:8.0f} MB")
    print(f"{'sent, kept':32}{len(content) / 1e6:8.1f} MB{len(kept) / 1e6:8.1f} MB")
    print(f"{'renditions':32}{len(renditions.paths(made)):8}")


def main() -> None:
    """The photograph is made in a process of its own, so that its memory does not count."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sorb.settings")
    django.setup()
    with ProcessPoolExecutor(max_workers=1) as pool:
        content = pool.submit(photograph).result()
    with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=folder):
        measure(content)


if __name__ == "__main__":
    main()
