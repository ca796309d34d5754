"""The portal as a WSGI application; DJANGO_SETTINGS_MODULE says of which place."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
