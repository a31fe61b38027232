"""What was rated before: words go apart, a conversation leaves a mark, keys and days no longer lead back to it."""

import datetime as dt
import secrets

from django.db import migrations
from django.utils import timezone

from portal.core.crypto import keyed


def part(apps, schema_editor):
    Rating = apps.get_model("feedback", "Rating")
    RatedOnce = apps.get_model("feedback", "RatedOnce")
    RatingWords = apps.get_model("feedback", "RatingWords")
    marks, words = [], []
    for rating in list(Rating.objects.all()):
        day = timezone.localtime(rating.at).date()
        if rating.text:
            words.append(
                RatingWords(
                    text=rating.text,
                    tone="good" if rating.score > 3 else "middling" if rating.score == 3 else "bad",
                    language=rating.language,
                    institution_id=rating.institution_id,
                    month=day.replace(day=1),
                    is_demo=rating.is_demo,
                )
            )
        last = day
        if rating.subject_kind == "consultation":
            marks.append(RatedOnce(pk=int(keyed("rated", f"consultation:{rating.subject_id}")[:15], 16)))
            last = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=timezone.get_current_timezone())
        Rating.objects.filter(pk=rating.pk).update(
            id=1 + secrets.randbits(62), at=midnight - dt.timedelta(microseconds=1), text=""
        )
    RatedOnce.objects.bulk_create(marks, 400)
    RatingWords.objects.bulk_create(words, 400)


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0005_words_apart_from_ratings"),
    ]

    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
