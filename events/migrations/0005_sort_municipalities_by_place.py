from django.db import migrations

from events.sortkeys import place_first, sort_key


def sort_by_place(apps, schema_editor):
    """„Община Габрово“ stands under „Г“ from now on, not under „О“."""
    rows = apps.get_model("events", "Organization").objects.filter(kind="municipality")
    for row in rows.order_by("pk"):
        row.sort_key_bg = sort_key(place_first(row.name_bg))
        row.sort_key_en = sort_key(place_first(row.name_en or row.name_bg))
        row.save(update_fields=["sort_key_bg", "sort_key_en"])


class Migration(migrations.Migration):
    dependencies = [("events", "0004_municipalities")]

    operations = [migrations.RunPython(sort_by_place, migrations.RunPython.noop)]
