"""What Lumbung put together out of published submissions remembers its parts; what stands already is told of them.

Nobody wrote down until now which parts an earlier stack or sum was made from, so that every one that may be is named:
one too many closes a stack that is put together anew by itself, one too few would leave a closed village's rows open.
"""

from django.db import migrations, models


def name_the_parts(apps, schema_editor):
    submission = apps.get_model("intake", "Submission")
    for made in submission.objects.filter(organisation__kind__in=("regency", "district")).exclude(
        blank="", village=""
    ):
        same = {"blank": made.blank} if made.blank else {"blank": "", "organisation__kind": "village"}
        below = submission.objects.filter(organisation__path__startswith=made.organisation.path, **same)
        parts = below.filter(state="published", received_at__lt=made.received_at).exclude(pk=made.pk)
        made.made_from.set(parts.exclude(delivery=None) if made.blank else parts.exclude(village=""))


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_arrivals_entries"), ("accounts", "0003_invitations_and_second_step")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="made_from",
            field=models.ManyToManyField(blank=True, related_name="made_into", to="intake.submission"),
        ),
        migrations.RunPython(name_the_parts, migrations.RunPython.noop),
    ]
