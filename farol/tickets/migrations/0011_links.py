import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tickets that belong together; and a mark on each, so that the others do not look for what they have not."""

    dependencies = [
        ('tickets', '0010_unsent'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='ticket',
            name='has_ties',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('related', 'related'), ('duplicate', 'duplicate'), ('split', 'split'), ('parent', 'parent')], max_length=12)),
                ('entry_id', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('before', models.JSONField(null=True)),
                ('entries', models.JSONField(null=True)),
                ('made_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.ticket')),
                ('target', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['target'], name='link_by_target')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='two_ends_of_a_link'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('kind', 'duplicate')), fields=('source',), name='merged_once'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('kind__in', ('parent', 'split'))), fields=('source',), name='one_parent'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('source', 'target', 'kind'), name='linked_once_a_kind')],
            },
        ),
    ]
