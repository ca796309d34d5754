"""Number and chain the audit entries, seal words about persons, and vouch for what is there.

Until now nothing vouched for the versions already written: an entry `begin_chain` does from
here on. Fingerprints of rows with words about persons are made anew over their seals.
"""

import hashlib
import secrets
from itertools import chain

from django.db import migrations, models

from tongrong.vocabulary.digests import GENESIS, Sm3, link, moment_text

LEDGERS = """
metricsets accountvalues publications accountreviews ratings annualresults consequences
activities trainings trainingattendance mentoringpairs mentoringrecords hardships
assistance parameteradjustments dues appraisals disposals positions contactpoints visits
developmentsteps transfers documents disciplinecases audits supervisions disclosures
budgets payroll economicfigures assessments justifications nildeclarations meetings
agendaitems attendance matters followups talks reports enterprises enterprisefeatures
partyorganizations partygroups massorganizations elections enterprisedisposals
shareholdings industryranks persons posts memberships charges postquotas projects
milestones platforms termcontracts awards losscases deposits enterprisescale departments
workplaces partyworkers rankpay exchanges talents talentcontacts
""".split()
WORDS = {
    "attendance": ("absence_reason",),
    "persons": ("identity_number", "name"),
    "shareholdings": ("holder",),
}
SYSTEM = {
    "version_id", "record", "version", "content_hash", "recorded_at", "recorded_by",
    "recorded_because", "source_file", "source_row", "superseded_at", "entry", "salt", "sealed",
}  # fmt: skip
LINE = (
    "version", "content_hash", "recorded_at", "recorded_by", "recorded_because", "source_file",
    "source_row",
)  # fmt: skip
LENGTH = 64


def begin_chain(apps, _schema_editor):
    """Chain the entries there are; where there are versions, add one that vouches for them."""
    entries = apps.get_model("records", "AuditEntry").objects
    number, previous, latest = 0, GENESIS, []
    for entry in entries.order_by("entry_id").iterator():
        number += 1
        previous = _chained(entry, number, previous)
        entry.save(force_update=True)
        latest.append(entry.at)
        latest = [max(latest)]
    for name, words in WORDS.items():
        _seal(apps.get_model("records", name), words)
    proofs = {}
    for name in LEDGERS:
        model = apps.get_model("records", name)
        digest, rows, moments = _digest(model)
        if rows:
            model.objects.update(entry=number + 1)
            code = model._meta.db_table.removeprefix("ledger_")
            proofs[code] = {"rows": rows, "sm3": digest}
            latest = [max(chain(latest, moments))]
    if proofs:
        entry = apps.get_model("records", "AuditEntry")(
            at=latest[0], actor="tongrong", action="begin_chain", subject="", detail={"versions": proofs}
        )
        number += 1
        previous = _chained(entry, number, previous)
        entry.save(force_insert=True)
    apps.get_model("records", "AuditHead").objects.create(number=number, entry_hash=previous)


def _chained(entry, number, previous):
    content = {
        "number": number,
        "at": moment_text(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
    }
    entry.number, entry.previous_hash = number, previous
    entry.entry_hash = link(previous, content)
    return entry.entry_hash


def _seal(model, words):
    names = sorted({field.name for field in model._meta.fields} - SYSTEM - set(words))
    salts = {}
    for row in model.objects.order_by("version_id").iterator():
        said = "".join(_canonical(name, getattr(row, name)) for name in words)
        if not said:
            continue
        row.salt = salts.setdefault(row.record, secrets.token_hex(16))
        row.sealed = hashlib.sha256((row.salt + said).encode()).hexdigest()
        open_words = "".join(_canonical(name, getattr(row, name)) for name in names)
        whole = f"{open_words}sealed:{len(row.sealed)}:{row.sealed}"
        row.content_hash = hashlib.sha256(whole.encode()).hexdigest()
        row.save(update_fields=["salt", "sealed", "content_hash"])


def _canonical(name, value):
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"{name}:{len(text.encode())}:{text}"


def _digest(model):
    state, rows, latest = Sm3(), 0, []
    for row in model.objects.order_by("version_id").values_list(*LINE).iterator():
        parts = [moment_text(one) if name == "recorded_at" else one for name, one in zip(LINE, row)]
        state.feed("\x1f".join("" if one is None else str(one) for one in parts) + "\n")
        rows, latest = rows + 1, [max([*latest, row[2]])]
    return state.hexdigest(), rows, latest


def _text(length):
    return models.CharField(blank=True, default="", max_length=length)


def _whole(name, field):
    return migrations.AddConstraint(
        model_name="auditentry",
        constraint=models.CheckConstraint(
            condition=models.Q((f"{field}__length", LENGTH)), name=name
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0004_senders_and_short_names")]

    operations = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "head_id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("entry_hash", models.CharField(default=GENESIS, max_length=LENGTH)),
            ],
            options={
                "db_table": "audit_head",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("head_id", 1)), name="audit_head_one_row"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="auditentry",
            name="number",
            field=models.PositiveBigIntegerField(default=0),
            preserve_default=False,
        ),
        *(
            migrations.AddField(
                model_name="auditentry",
                name=name,
                field=models.CharField(default="", max_length=LENGTH),
                preserve_default=False,
            )
            for name in ("previous_hash", "entry_hash")
        ),
        *(
            migrations.AddField(
                model_name=name,
                name="entry",
                field=models.PositiveBigIntegerField(default=0),
                preserve_default=False,
            )
            for name in LEDGERS
        ),
        *(
            migrations.AddField(model_name=name, name=field, field=_text(length))
            for name in WORDS
            for field, length in (("salt", 32), ("sealed", LENGTH))
        ),
        migrations.RunPython(begin_chain, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="auditentry",
            name="number",
            field=models.PositiveBigIntegerField(unique=True),
        ),
        migrations.AddConstraint(
            model_name="auditentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="audit_number_from_1"
            ),
        ),
        _whole("audit_previous_hash_whole", "previous_hash"),
        _whole("audit_hash_whole", "entry_hash"),
    ]
