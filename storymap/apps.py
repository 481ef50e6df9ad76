from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StorymapConfig(AppConfig):
    name = "storymap"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from storymap import checks  # noqa: F401, PLC0415  registering is this import's only effect
