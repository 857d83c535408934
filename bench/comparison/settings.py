"""The settings of Desaga with two pages more. For benches alone."""

from desaga.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.comparison.urls"
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]  # noqa: F405
