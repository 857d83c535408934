"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from .database import ensure_running

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desaga.config.settings")
ensure_running()
application = get_wsgi_application()
