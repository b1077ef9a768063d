from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from . import mentions  # noqa: PLC0415 - models can be read once the apps stand

        mentions.watch()
