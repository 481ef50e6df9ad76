from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('storymap', '0012_preview_links_and_ends'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='part',
            field=models.CharField(blank=True, default='', max_length=20),
            preserve_default=False,
        ),
    ]
