import django.db.models.deletion
from django.db import migrations, models

import charter.feedback.models.rating


class Migration(migrations.Migration):
    dependencies = [
        ("charter", "0005_a_promise_stands_once_in_a_charter"),
        ("feedback", "0004_improvements_and_stories"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatedOnce",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="RatingWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        default=charter.feedback.models.rating.anywhere, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField(verbose_name="in their words")),
                (
                    "tone",
                    models.CharField(
                        choices=[("good", "content"), ("middling", "so-so"), ("bad", "not content")],
                        max_length=8,
                        verbose_name="tone",
                    ),
                ),
                ("language", models.CharField(max_length=2, verbose_name="language")),
                ("month", models.DateField(db_index=True, verbose_name="month")),
                ("is_demo", models.BooleanField(default=False)),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="charter.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "words of a rating",
                "verbose_name_plural": "words of ratings",
            },
        ),
        migrations.AlterField(
            model_name="rating",
            name="id",
            field=models.BigAutoField(
                default=charter.feedback.models.rating.anywhere, primary_key=True, serialize=False
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="accessibility",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="accessibility and promptness"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("accessibility__isnull", True), ("accessibility__range", (0, 5)), _connector="OR"),
                name="a_score_of_accessibility_is_zero_to_five",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="communication",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="quality of communication"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("communication__isnull", True), ("communication__range", (0, 5)), _connector="OR"),
                name="a_score_of_communication_is_zero_to_five",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="infrastructure",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="infrastructure"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("infrastructure__isnull", True), ("infrastructure__range", (0, 5)), _connector="OR"
                ),
                name="a_score_of_infrastructure_is_zero_to_five",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="development",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="development of services"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("development__isnull", True), ("development__range", (0, 5)), _connector="OR"),
                name="a_score_of_development_is_zero_to_five",
            ),
        ),
    ]
