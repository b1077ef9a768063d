from django.apps import AppConfig

from sorb import converters


class SorbConfig(AppConfig):
    name = "sorb"
    verbose_name = "Sorb"

    def ready(self) -> None:
        converters.register()
