from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class SorbAdminConfig(AdminConfig):
    default_site = "sorb.admin.site.SorbAdminSite"

    def ready(self) -> None:
        super().ready()
        # The models of the ground rooms are registered here, as `sorb.translation` does: their
        # rooms lie below this one and may not import it.
        for name in ("accounts", "library", "log", "topics"):
            import_module(f"sorb.admin.{name}")
