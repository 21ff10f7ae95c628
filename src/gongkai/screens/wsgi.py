"""The entry for gunicorn: `gongkai.screens.wsgi:application`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from gongkai.screens.safety import refuse_unsafe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.settings")

application = get_wsgi_application()
refuse_unsafe()
