"""Settings from FIELDAPP_* environment variables: frozen, checked once, refused with a sentence that says which."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit


class BadSetting(Exception):
    """A setting cannot be used; the text names the variable and the remedy."""


@dataclass(frozen=True)
class Settings:
    """Everything that is decided outside of the database. Folders are absolute, times in seconds."""

    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 8
    secure_cookies: bool = True
    trusted_proxies: int = 0
    session_hours: int = 12
    idle_minutes: int = 30
    day_pack_hours: int = 12
    blob_url: str = ""
    geocoder: str = "none"
    geocoder_options: str = ""
    geocoder_per_second: float = 1.0
    solver_seconds: float = 2.0
    basemap: str = ""
    roads_url: str = ""

    @property
    def blobs(self) -> str:
        """Where photos live: the URL given, else a folder in the data folder."""
        return self.blob_url or str(self.data_dir / "blobs")

    @property
    def geocoding(self) -> str:
        """The service that is asked for positions, in small letters; "" where nobody is asked."""
        name = self.geocoder.lower()
        return "" if name == "none" else name

    @property
    def basemap_file(self) -> Path:
        """The basemap in one PMTiles file: the path given, else the one in the data folder; it may be absent."""
        return Path(self.basemap).absolute() if self.basemap else self.data_dir / "basemap.pmtiles"

    @property
    def office_key_file(self) -> Path:
        """The office's private signing key (JWK), readable by its owner only."""
        return self.data_dir / "office-key.json"

    @property
    def rescue_key_file(self) -> Path:
        """The office's private key (JWK) that opens rescue files, readable by its owner only."""
        return self.data_dir / "rescue-key.json"


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return settings from FIELDAPP_* variables. Raises BadSetting; an unknown FIELDAPP_ name is refused too."""
    given = {name: value for name, value in environ.items() if name.startswith("FIELDAPP_")}
    unknown = sorted(name for name in set(given) - set(KNOWN) if not name.startswith("FIELDAPP_TEST_"))
    if unknown:
        raise BadSetting(f"{unknown[0]} is not a setting of fieldapp. Known are: {', '.join(sorted(KNOWN))}.")
    data_dir = Path(given.get("FIELDAPP_DATA_DIR", "var")).absolute()
    return Settings(
        data_dir=data_dir,
        database_url=_database_url(given.get("FIELDAPP_DATABASE_URL", ""), data_dir),
        secret_key=given.get("FIELDAPP_SECRET_KEY", "") or _kept_secret(data_dir),
        host=given.get("FIELDAPP_HOST", "127.0.0.1"),
        port=_whole(given, "FIELDAPP_PORT", 8000, 1, 65535),
        threads=_whole(given, "FIELDAPP_THREADS", 8, 1, 64),
        secure_cookies=_yes_no(given, "FIELDAPP_SECURE_COOKIES", True),
        trusted_proxies=_whole(given, "FIELDAPP_TRUSTED_PROXIES", 0, 0, 5),
        session_hours=_whole(given, "FIELDAPP_SESSION_HOURS", 12, 1, 12),
        idle_minutes=_whole(given, "FIELDAPP_IDLE_MINUTES", 30, 1, 30),
        day_pack_hours=_whole(given, "FIELDAPP_DAY_PACK_HOURS", 12, 1, 24),
        blob_url=given.get("FIELDAPP_BLOB_URL", ""),
        geocoder=given.get("FIELDAPP_GEOCODER", "none"),
        geocoder_options=given.get("FIELDAPP_GEOCODER_OPTIONS", ""),
        geocoder_per_second=_number(given, "FIELDAPP_GEOCODER_PER_SECOND", 1.0, 0.01, 1000),
        roads_url=_roads_url(given.get("FIELDAPP_ROADS_URL", "")),
        solver_seconds=_number(given, "FIELDAPP_SOLVER_SECONDS", 2.0, 0.1, 60),
        basemap=given.get("FIELDAPP_BASEMAP", ""),
    )


KNOWN = tuple(
    f"FIELDAPP_{name}"
    for name in (
        "DATA_DIR",
        "DATABASE_URL",
        "SECRET_KEY",
        "HOST",
        "PORT",
        "THREADS",
        "SECURE_COOKIES",
        "TRUSTED_PROXIES",
        "SESSION_HOURS",
        "IDLE_MINUTES",
        "DAY_PACK_HOURS",
        "BLOB_URL",
        "GEOCODER",
        "GEOCODER_OPTIONS",
        "GEOCODER_PER_SECOND",
        "SOLVER_SECONDS",
        "BASEMAP",
        "ROADS_URL",
    )
)


def _database_url(text: str, data_dir: Path) -> str:
    if not text:
        return f"sqlite:///{data_dir / 'fieldapp.sqlite'}"
    if urlsplit(text).scheme.split("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise BadSetting("FIELDAPP_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return text


def _roads_url(text: str) -> str:
    if not text:
        return ""
    try:
        url = urlsplit(text)
        usable = url.scheme in ("http", "https") and url.hostname and url.port != 0
    except ValueError:
        usable = False
    if not usable or not text.isascii() or not text.isprintable() or " " in text or "@" in text or "#" in text:
        raise BadSetting("FIELDAPP_ROADS_URL must be the address of a Valhalla, such as http://127.0.0.1:8002.")
    return text


def _kept_secret(data_dir: Path) -> str:
    file = data_dir / "secret-key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        with open(file, "x", opener=lambda path, flags: os.open(path, flags, 0o600)) as new:
            new.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise BadSetting(f"FIELDAPP_DATA_DIR ({data_dir}) cannot be written: {error.strerror}.") from error
    return file.read_text()


def _number(given: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    text = given.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError:
        raise BadSetting(f"{name} must be a number, not {text!r}.") from None
    if not least <= value <= most:
        raise BadSetting(f"{name} must lie between {least:g} and {most:g}.")
    return value


def _whole(given: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = _number(given, name, default, least, most)
    if value != int(value):
        raise BadSetting(f"{name} must be a whole number.")
    return int(value)


def _yes_no(given: Mapping[str, str], name: str, default: bool) -> bool:
    text = given.get(name, "").lower()
    if text not in ("", "yes", "no", "1", "0", "true", "false"):
        raise BadSetting(f"{name} must be yes or no.")
    return default if not text else text in ("yes", "1", "true")
