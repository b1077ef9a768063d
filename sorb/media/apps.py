from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "sorb.media"
    verbose_name = _("Media library")

    def ready(self) -> None:
        from . import texts  # noqa: PLC0415 - models can be read once the apps stand

        texts.watch()
