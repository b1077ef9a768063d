from django.contrib.admin import AdminSite


class SorbAdminSite(AdminSite):
    pass
