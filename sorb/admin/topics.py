"""Topics, shared by news and events."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from sorb.publishing.models import Topic

from .content import Part
from .named import NamedAdmin
from .pairs import pair
from .publishable import ADDRESS


@admin.register(Topic)
class TopicAdmin(NamedAdmin):
    parts = (Part(_("Topic"), (pair("name"),)), ADDRESS)
