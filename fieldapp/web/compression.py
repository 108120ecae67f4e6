"""Text goes over the wire compressed; files of the build are compressed once, as small as can be, and kept."""

import brotli  # type: ignore[import-untyped]  # the library has no types
from flask import Flask
from flask import Request
from flask_compress import Compress

from fieldapp.web.assets import build

BUILD_FILES = "/v/"


class BuildFiles:
    """Keeps the compressed form of files whose content never changes under their address; forgets everything else."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        """Return what is kept under `algorithm;path`. A file is worth the time that Brotli's best takes, once."""
        algorithm, _, path = key.partition(";")
        if key not in self.kept and algorithm == "br" and path.startswith(BUILD_FILES):
            content = build().files.get(path.removeprefix(f"{BUILD_FILES}{build().name}/"))
            if content is not None:
                self.kept[key] = brotli.compress(content)
        return self.kept.get(key)

    def set(self, key: str, value: bytes) -> None:
        """Keep it, if it is a file of the build: a page holds people and is made anew for each reader."""
        if key.partition(";")[2].startswith(BUILD_FILES):
            self.kept[key] = value


def init_compression(app: Flask) -> None:
    """Compress answers of text, by what the browser takes: Brotli before gzip."""
    app.config.setdefault("COMPRESS_ALGORITHM", ["br", "gzip"])
    app.config.setdefault("COMPRESS_STREAMS", False)
    app.config.setdefault("COMPRESS_BR_LEVEL", 5)
    app.config.setdefault("COMPRESS_CACHE_BACKEND", BuildFiles)
    app.config.setdefault("COMPRESS_CACHE_KEY", _path)
    Compress().init_app(app)


def _path(request: Request) -> str:
    return request.path
