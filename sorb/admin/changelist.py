"""Lists: without the long texts, and with words instead of an error for a filter that is none."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError, models
from django.db.transaction import atomic
from django.http import HttpRequest


class ContentChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The rows without their long texts, which no list shows."""
        long = [
            field.attname
            for field in self.model._meta.concrete_fields
            if isinstance(field, models.TextField)
        ]
        return super().get_queryset(request, *args, **kwargs).defer(*long)

    def get_results(self, request: HttpRequest) -> None:
        """Read the rows.

        Raises:
            IncorrectLookupParameters: PostgreSQL or Django cannot make sense of a filter, a
                broken regular expression or the year 99999 for example.
        """
        try:
            with atomic():
                super().get_results(request)
                self.result_list = list(self.result_list)
        except (DataError, ValueError, OverflowError) as error:
            raise IncorrectLookupParameters(error) from error
