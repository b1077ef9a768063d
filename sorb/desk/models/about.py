"""About: a row that says something about any item, and stays when the item is deleted."""

from typing import Any, ClassVar, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class AboutQuerySet(models.QuerySet[Any]):
    def about(self, item: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(item)
        return self.filter(content_type=kind, object_id=item.pk)


class About(models.Model):
    content_type = models.ForeignKey(
        ContentType, verbose_name=_("content type"), on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("object id"))

    objects: ClassVar[Any] = AboutQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ()

    @classmethod
    def of(cls, item: models.Model) -> dict[str, Any]:
        """What a new row about an item begins with."""
        return {
            "content_type": ContentType.objects.get_for_model(item),
            "object_id": item.pk,
        }

    @property
    def item(self) -> Any:
        """What it is about, as it stands now; None when it is deleted."""
        model = self.content_type.model_class()
        return model and model._base_manager.filter(pk=self.object_id).first()


def signed_name(user: Any) -> str:
    """The name under which a user signs; kept, since accounts may go."""
    return str(user.get_full_name() or user.get_username()) if user else ""
