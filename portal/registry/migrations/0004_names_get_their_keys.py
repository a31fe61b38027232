from django.db import migrations

from portal.core.text_keys import name_key, phone_key


def fill(apps, schema_editor):
    Recipient = apps.get_model("registry", "Recipient")
    batch = []
    for one in Recipient.objects.only("name", "phone").iterator(chunk_size=500):
        one.name_key, one.phone_key = name_key(one.name)[:120], phone_key(one.phone)
        batch.append(one)
        if len(batch) == 500:
            Recipient.objects.bulk_update(batch, ["name_key", "phone_key"])
            batch = []
    Recipient.objects.bulk_update(batch, ["name_key", "phone_key"])
    apps.get_model("registry", "Post").objects.filter(role="case_worker").update(role="social_worker")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0003_recipients_are_found_and_merged"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
