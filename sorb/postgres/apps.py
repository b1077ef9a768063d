from django.apps import AppConfig

from sorb.postgres import checks  # noqa: F401 - registers the system check


class PostgresConfig(AppConfig):
    name = "sorb.postgres"
    label = "sorb_postgres"  # django.contrib.postgres is "postgres"
