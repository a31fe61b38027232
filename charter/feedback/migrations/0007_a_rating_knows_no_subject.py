from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0006_ratings_lose_their_conversations"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="rating", name="a_consultation_is_rated_once"),
        migrations.RemoveField(model_name="rating", name="subject_id"),
        migrations.RemoveField(model_name="rating", name="text"),
    ]
