"""The plans that came along before replies had a date get their promises; what a plan says already stays."""

from django.db import migrations

SUPPORT, EXTENDED, ALWAYS = "support_tech_07_19", "support_08_18", "always"
SEEDED = {
    "padrao": {
        "first_reply": (SUPPORT, (60, 120, 240, 480)),
        "next_reply": (SUPPORT, (120, 240, 480, 720)),
        "area:fabrica": (EXTENDED, (240, 480, 900, 1200)),
    },
    "bso": {
        "next_reply": (EXTENDED, (120, 240, 480, 600)),
        "area:fabrica": (EXTENDED, (180, 420, 900, 1200)),
    },
    "datacenter": {
        "next_reply": (ALWAYS, (60, 120, 480, 960)),
    },
}
SEVERITIES = ("critical", "high", "medium", "low")


def promise(apps, schema_editor):
    plans = apps.get_model("contracts", "Plan").objects
    for plan in plans.filter(code__in=SEEDED):
        wanted = {
            name: {"calendar": calendar, "minutes": dict(zip(SEVERITIES, minutes, strict=True))}
            for name, (calendar, minutes) in SEEDED[plan.code].items()
        }
        plan.promises = {**wanted, **plan.promises}
        plan.save(update_fields=["promises"])


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_targets")]
    operations = [migrations.RunPython(promise, migrations.RunPython.noop)]
