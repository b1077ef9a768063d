from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "sorb.desk"
    verbose_name = _("Editorial desk")

    def ready(self) -> None:
        from sorb.media.views import passes  # noqa: PLC0415 - models stand only now

        from . import preview, roles  # noqa: PLC0415

        passes.append(preview.opens)
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(roles.make, sender=last, dispatch_uid="sorb.desk.roles")
