from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("storymap", "0021_autosaves"),
    ]

    operations = [
        migrations.RenameField(model_name="presence", old_name="room", new_name="subject"),
    ]
