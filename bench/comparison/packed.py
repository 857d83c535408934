"""The settings of Desaga with its styles and scripts packed, as in production. For benches alone."""

from desaga.config.settings import *  # noqa: F403

STORAGES["staticfiles"]["BACKEND"] = "whitenoise.storage.CompressedManifestStaticFilesStorage"  # noqa: F405
WHITENOISE_USE_FINDERS = False
