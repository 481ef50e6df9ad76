from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("storymap", "0023_key_moments"),
    ]

    operations = [
        migrations.RenameField(model_name="importbatch", old_name="kept", new_name="left_in_place"),
    ]
