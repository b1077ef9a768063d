from django.contrib.admin.apps import AdminConfig


class SorbAdminConfig(AdminConfig):
    default_site = "sorb.admin.site.SorbAdminSite"
