from django.db import migrations, models


def judge_anew(apps, schema_editor):
    """Verdicts stored so far are not counted for the units above: let all be stored again."""
    apps.get_model('records', 'UnitTally').objects.all().delete()
    apps.get_model('records', 'Evaluation').objects.update(fingerprint='')
    apps.get_model('records', 'PastDay').objects.update(fingerprint='')


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0012_tallies_and_order'),
    ]

    operations = [
        migrations.RunPython(judge_anew, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='unittally',
            name='unit_tallies_one_a_section',
        ),
        migrations.AddField(
            model_name='unittally',
            name='below',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='unittally',
            constraint=models.UniqueConstraint(fields=('checklist', 'unit', 'below', 'section'), name='unit_tallies_one_a_section'),
        ),
    ]
