"""What people told of a service before there was a switchboard, and what is still in force, becomes its standing."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

SERVICES = {
    "katalog": "open-data",
    "unduhan": "open-data",
    "unggahan": "statistics-intake",
    "statistik": "statistics-intake",
}
STATES = {"terganggu": "degraded", "ditutup": "closed"}


def carry_over(apps, schema_editor):
    """The newest notice in force of each service; closed ones without a checklist, for nobody was asked for a danger."""
    notices = apps.get_model("services", "Notice").objects.filter(ended_at=None, standing__in=STATES)
    for notice in notices.order_by("-since", "-pk"):
        code = SERVICES.get(notice.service)
        if code is None or apps.get_model("services", "Service").objects.filter(code=code).exists():
            continue
        state, next_at = STATES[notice.standing], notice.next_at or timezone.now() + timedelta(hours=2)
        told = {"reason": notice.words, "channel": notice.channel, "next_at": next_at, "state": state}
        service = apps.get_model("services", "Service").objects.create(code=code, since=notice.since, **told)
        apps.get_model("services", "Move").objects.create(
            service=service, before="open", at=notice.since, by=notice.told_by, **told
        )


class Migration(migrations.Migration):
    dependencies = [("services", "0002_switchboard")]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name="Notice"),
    ]
