"""Users and groups: who may not raise the rights of others, or their own, cannot do it here."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from sorb.accounts import second_factor, sessions
from sorb.accounts.records import record
from sorb.desk import roles
from sorb.desk.models import Entry

RIGHTS = ("is_superuser", "is_staff", "groups", "user_permissions")

for model in (User, Group, TOTPDevice, StaticDevice):  # the secrets of devices are shown to nobody
    admin.site.unregister(model)


def is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_active and request.user.is_superuser)


def is_administrator(request: HttpRequest) -> bool:
    """By role: keeps the accounts and roles of everybody but superusers and themselves."""
    user: Any = request.user
    return bool(user.is_active and user.groups.filter(name=roles.ADMINISTRATOR).exists())


class RolesField(ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Roles by the names that people here give them."""

    def label_from_instance(self, obj: Group) -> str:
        return roles.label(obj.name)


class RoleFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        named = super().field_choices(field, request, model_admin)
        return [(key, roles.label(str(name))) for key, name in named]


@admin.register(User)
class AccountAdmin(UserAdmin):  # type: ignore[type-arg]
    """Superusers do everything, administrators give roles; others with the permission keep names
    and addresses, not rights."""

    list_display = ("username", "last_name", "first_name", "email", "is_active", "last_login")
    list_filter = ("is_active", ("groups", RoleFilter))
    filter_horizontal = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ("last_login", "date_joined", "second_factor", "lost_second_factor", "own_roles")
        if is_superuser(request):
            return fixed
        if obj is not None and obj.pk == request.user.pk:
            return (*fixed, *RIGHTS, "is_active")
        if is_administrator(request):
            return (*fixed, "is_superuser", "user_permissions")
        return (*fixed, *RIGHTS)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        may_change = self.has_change_permission(request, obj)
        password = ("password",) if may_change else ()
        factor: tuple[str, ...] = ()
        if may_change:
            takes = is_superuser(request) and obj.pk != request.user.pk
            factor = ("lost_second_factor",) if takes else ("second_factor",)
        is_fixed = "groups" in self.get_readonly_fields(request, obj)
        given = "own_roles" if is_fixed else "groups"
        rights = ("is_active", "is_staff", "is_superuser", given)
        return (
            (
                None,
                {"fields": ("username", *password, *factor, ("first_name", "last_name"), "email")},
            ),
            (_("Rights"), {"fields": rights}),
            (_("Dates"), {"fields": ("last_login", "date_joined"), "classes": ("collapse",)}),
        )

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> "ModelMultipleChoiceField[Any] | None":
        if db_field.related_model is Group:  # few enough to be seen all at once
            kwargs |= {"form_class": RolesField, "widget": CheckboxSelectMultiple}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    @admin.display(description=User._meta.get_field("groups").verbose_name)
    def own_roles(self, user: User) -> str:
        return ", ".join(roles.label(group.name) for group in user.groups.all())

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or is_superuser(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or is_superuser(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and not obj.is_active and "is_active" in form.changed_data:
            sessions.end_all(obj)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 - Django's own name
        form_url: str = "",
    ) -> Any:
        """Somebody's password; every session of theirs ends by it."""
        response = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == 302:
            user = self.get_object(request, id)
            record(request, Entry.Action.PASSWORD_CHANGED, request.user, item=user)
        return response

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.take_second_factor)
        name = "auth_user_second_factor"
        return [path("<int:pk>/second-factor/", view, name=name), *super().get_urls()]

    @admin.display(description=_("second factor"))
    def second_factor(self, user: User) -> str:
        return gettext("set up") if second_factor.is_kept(user) else gettext("not set up")

    @admin.display(description=_("second factor"))
    def lost_second_factor(self, user: User) -> SafeString | str:
        """The same, with the way to take it away."""
        if not second_factor.is_kept(user):
            return gettext("not set up")
        address = reverse("admin:auth_user_second_factor", args=[user.pk])
        return format_html(
            '{} · <a href="{}">{}</a>', gettext("set up"), address, gettext("Lost? Take it away")
        )

    def take_second_factor(self, request: HttpRequest, pk: int) -> HttpResponse:
        return take_second_factor(request, pk, self.admin_site)


@require_http_methods(["GET", "HEAD", "POST"])
def take_second_factor(request: HttpRequest, pk: int, site: admin.AdminSite) -> HttpResponse:
    """For whoever has lost the phone and the recovery codes; all their sessions end."""
    if not is_superuser(request) or request.user.pk == pk:
        raise PermissionDenied  # one's own is changed with a code, on its own page
    user = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        second_factor.take_away(user)
        sessions.end_all(user)
        record(request, Entry.Action.SECOND_FACTOR, request.user, item=user, words=_("taken away"))
        messages.success(request, gettext("The second factor is taken away."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
    context = {
        **site.each_context(request),
        "title": gettext("Take the second factor away"),
        "account": user,
    }
    return TemplateResponse(request, "admin/second_factor_take.html", context)


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """Permissions of a group are rights of its members: for superusers alone."""

    list_display = ("role",)

    @admin.display(description=Group._meta.verbose_name, ordering="name")
    def role(self, group: Group) -> str:
        return roles.label(group.name)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_superuser(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_superuser(request)
