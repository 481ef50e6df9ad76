from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class StorymapConfig(AppConfig):
    name = "storymap"
    verbose_name = _("Stories: chapters, pictures, editions")
    default = True

    def ready(self) -> None:
        from storymap import checks  # noqa: F401, PLC0415  registering is this import's only effect


class WorkshopConfig(admin_apps.AdminConfig):
    """Django's admin on a site of our own."""

    default = False
    default_site = "storymap.admin.site.workshop"
