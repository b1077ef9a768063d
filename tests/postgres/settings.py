"""The least Django that uses the embedded server; the tests hand over its folder in $VAR."""

import os
from pathlib import Path

SECRET_KEY = "no secret"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.postgres", "sorb.postgres"]
DATABASES = {
    "default": {"ENGINE": "sorb.postgres", "NAME": "sorb", "VAR": Path(os.environ["VAR"])},
}
