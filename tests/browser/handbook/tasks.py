"""The tasks of the handbook, and the pictures that each of them takes."""

from . import changing, checks, files, publishing, records, roles, sharing
from .walk import Task

TASKS = (
    Task("publishing", ("buttons", "returned", "scheduled"), publishing.from_draft_to_page),
    Task("publishing", ("working-copy",), changing.without_showing_it),
    Task("publishing", ("two-versions",), changing.two_people_at_once),
    Task("checks", ("checks",), checks.before_publishing),
    Task("preview", ("preview", "preview-link"), sharing.before_publishing),
    Task("history", ("history", "comparison"), records.going_back),
    Task("log", ("log",), records.who_did_what),
    Task("roles", ("roles",), roles.giving_a_role),
    Task("files", ("upload", "picker"), files.many_at_once),
    Task("files", ("library", "focal-point", "uses"), files.in_the_library),
)
PICTURES = tuple(name for task in TASKS for name in task.pictures)
