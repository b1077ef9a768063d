from django.urls import path

from . import views

app_name = "api"

urlpatterns = [
    path("events/", views.event_list, name="event_list"),
    path("events/<int:number>/", views.event_detail, name="event_detail"),
    path("news/", views.article_list, name="article_list"),
    path("news/<int:number>/", views.article_detail, name="article_detail"),
    path("openapi.json", views.openapi, name="openapi"),
]
