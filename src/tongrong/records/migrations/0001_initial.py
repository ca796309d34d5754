from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("entry_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.CharField(max_length=150)),
                ("action", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=255)),
                ("detail", models.JSONField()),
            ],
            options={
                "db_table": "audit_entries",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("run_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(db_index=True)),
                ("actor", models.CharField(max_length=150)),
                ("file_name", models.CharField(max_length=255)),
                ("file_hash", models.CharField(max_length=64)),
                ("rows", models.PositiveIntegerField()),
                ("counts", models.JSONField()),
            ],
            options={
                "db_table": "import_runs",
            },
        ),
        migrations.CreateModel(
            name="AgendaItems",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("meeting", models.CharField(max_length=64)),
                ("item", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("topic", models.CharField(max_length=64)),
                ("special", models.BooleanField(null=True)),
                ("power", models.CharField(max_length=64, null=True)),
                ("matter", models.CharField(max_length=64, null=True)),
                ("proposal_version", models.CharField(max_length=20, null=True)),
                ("outcome", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "ledger_agenda_items",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="agenda_items_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="agenda_items_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="agenda_items_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="agenda_items_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="agenda_items_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="agenda_items_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meeting__length__range", (1, 64))),
                        name="agenda_items_meeting_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item__length__range", (1, 10))),
                        name="agenda_items_item_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__range", (1, 200))),
                        name="agenda_items_title_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matter__length__range", (1, 64))),
                        name="agenda_items_matter_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposal_version__length__range", (1, 20))),
                        name="agenda_items_proposal_version_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appraisals",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("year", models.IntegerField()),
                ("appraised_on", models.DateField()),
                ("grade", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_appraisals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="appraisals_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="appraisals_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="appraisals_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="appraisals_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="appraisals_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="appraisals_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="appraisals_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="appraisals_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="appraisals_year_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessments",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("clause", models.CharField(max_length=10)),
                ("assessed_on", models.DateField()),
                ("expires_on", models.DateField()),
                ("assessed_by", models.CharField(max_length=64)),
                ("assessor", models.CharField(max_length=64)),
                ("score", models.BigIntegerField()),
                ("evidence", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "ledger_assessments",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="assessments_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="assessments_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="assessments_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="assessments_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="assessments_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="assessments_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="assessments_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clause__length__range", (1, 10))),
                        name="assessments_clause_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assessor__length__range", (1, 64))),
                        name="assessments_assessor_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0)), name="assessments_score_valid"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence__length__range", (1, 200))),
                        name="assessments_evidence_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("meeting", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("role", models.CharField(max_length=64)),
                ("present", models.BooleanField()),
                ("absence_reason", models.CharField(max_length=200, null=True)),
            ],
            options={
                "db_table": "ledger_attendance",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="attendance_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="attendance_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="attendance_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="attendance_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="attendance_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="attendance_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meeting__length__range", (1, 64))),
                        name="attendance_meeting_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="attendance_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absence_reason__length__range", (1, 200))),
                        name="attendance_absence_reason_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audits",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("audited_on", models.DateField()),
            ],
            options={
                "db_table": "ledger_audits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="audits_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="audits_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="audits_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="audits_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="audits_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="audits_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="audits_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="audits_person_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Budgets",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("year", models.IntegerField()),
                ("amount", models.BigIntegerField()),
                ("carried_over", models.BigIntegerField(null=True)),
                ("in_enterprise_budget", models.BooleanField()),
            ],
            options={
                "db_table": "ledger_budgets",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="budgets_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="budgets_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="budgets_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="budgets_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="budgets_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="budgets_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="budgets_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))), name="budgets_year_valid"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Charges",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("area", models.CharField(max_length=64)),
                ("subsidiary", models.CharField(max_length=64, null=True)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("document", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "ledger_charges",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="charges_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="charges_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="charges_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="charges_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="charges_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="charges_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="charges_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="charges_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subsidiary__length__range", (1, 64))),
                        name="charges_subsidiary_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("document__length__range", (1, 64))),
                        name="charges_document_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoints",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("enterprise", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_contact_points",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="contact_points_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="contact_points_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="contact_points_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="contact_points_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="contact_points_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="contact_points_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="contact_points_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="contact_points_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="contact_points_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise__length__range", (1, 64))),
                        name="contact_points_enterprise_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisciplineCases",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("closed_on", models.DateField()),
                ("inquiries", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_discipline_cases",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="discipline_cases_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="discipline_cases_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="discipline_cases_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="discipline_cases_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="discipline_cases_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="discipline_cases_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="discipline_cases_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="discipline_cases_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("inquiries__endswith", "、"), ("inquiries__startswith", "、")
                        ),
                        name="discipline_cases_inquiries_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disclosures",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("disclosed_on", models.DateField()),
                ("title", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "ledger_disclosures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="disclosures_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="disclosures_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="disclosures_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="disclosures_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="disclosures_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="disclosures_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="disclosures_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="disclosures_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__range", (1, 200))),
                        name="disclosures_title_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Disposals",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("decided_on", models.DateField()),
                ("kind", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_disposals",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="disposals_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="disposals_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="disposals_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="disposals_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="disposals_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="disposals_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="disposals_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="disposals_person_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Documents",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("type", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=200)),
                ("year", models.IntegerField(null=True)),
                ("effective_on", models.DateField()),
                ("repealed_on", models.DateField(null=True)),
                ("elements", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_documents",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="documents_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="documents_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="documents_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="documents_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="documents_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="documents_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="documents_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="documents_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__range", (1, 200))),
                        name="documents_title_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="documents_year_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elements__endswith", "、"), ("elements__startswith", "、")
                        ),
                        name="documents_elements_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dues",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("month", models.DateField()),
                ("category", models.CharField(max_length=64)),
                ("base", models.BigIntegerField(null=True)),
                ("paid", models.BigIntegerField()),
                ("paid_on", models.DateField()),
                ("by_payroll", models.BooleanField()),
                ("reduced_to", models.BigIntegerField(null=True)),
                ("reduction_approver", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "ledger_dues",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="dues_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="dues_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="dues_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="dues_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="dues_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="dues_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))), name="dues_unit_valid"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="dues_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reduction_approver__length__range", (1, 64))),
                        name="dues_reduction_approver_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EconomicFigures",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("year", models.IntegerField()),
                ("metric", models.CharField(max_length=64)),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_economic_figures",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="economic_figures_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="economic_figures_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="economic_figures_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="economic_figures_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="economic_figures_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="economic_figures_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="economic_figures_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="economic_figures_year_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseFeatures",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("feature", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("value", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=200, null=True)),
            ],
            options={
                "db_table": "ledger_enterprise_features",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="enterprise_features_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="enterprise_features_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="enterprise_features_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="enterprise_features_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="enterprise_features_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="enterprise_features_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="enterprise_features_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__length__range", (1, 200))),
                        name="enterprise_features_value_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__length__range", (1, 200))),
                        name="enterprise_features_reason_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Enterprises",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("is_group", models.BooleanField()),
                ("parent", models.CharField(max_length=64, null=True)),
                ("superior", models.CharField(max_length=64, null=True)),
                ("founded_on", models.DateField()),
                ("dissolved_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_enterprises",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="enterprises_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="enterprises_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="enterprises_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="enterprises_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="enterprises_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="enterprises_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="enterprises_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__range", (1, 200))),
                        name="enterprises_name_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("parent__length__range", (1, 64))),
                        name="enterprises_parent_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superior__length__range", (1, 64))),
                        name="enterprises_superior_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUps",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("matter", models.CharField(max_length=64)),
                ("followed_on", models.DateField()),
                ("progress", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_follow_ups",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="follow_ups_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="follow_ups_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="follow_ups_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="follow_ups_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="follow_ups_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="follow_ups_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("matter__length__range", (1, 64))),
                        name="follow_ups_matter_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Justifications",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("clause", models.CharField(max_length=10)),
                ("period", models.CharField(max_length=10, null=True)),
                ("member", models.CharField(max_length=80, null=True)),
                ("approved_on", models.DateField()),
                ("expires_on", models.DateField(null=True)),
                ("reason", models.CharField(max_length=500)),
                ("approved_by", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "ledger_justifications",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="justifications_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="justifications_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="justifications_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="justifications_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="justifications_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="justifications_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="justifications_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("clause__length__range", (1, 10))),
                        name="justifications_clause_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__length__range", (1, 10))),
                        name="justifications_period_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("member__length__range", (1, 80))),
                        name="justifications_member_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__length__range", (1, 500))),
                        name="justifications_reason_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("approved_by__length__range", (1, 200))),
                        name="justifications_approved_by_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Matters",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=200)),
                ("category", models.CharField(max_length=64)),
                ("amount", models.BigIntegerField(null=True)),
                ("execution_due_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_matters",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="matters_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="matters_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="matters_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="matters_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="matters_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="matters_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="matters_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="matters_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__range", (1, 200))),
                        name="matters_title_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meetings",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("held_on", models.DateField()),
                ("started_at", models.IntegerField(null=True)),
                ("form", models.CharField(max_length=64, null=True)),
                ("lecturer", models.CharField(max_length=64, null=True)),
                ("party_group", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "ledger_meetings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="meetings_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="meetings_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="meetings_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="meetings_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="meetings_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="meetings_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="meetings_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="meetings_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("started_at__range", (0, 1439))),
                        name="meetings_started_at_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lecturer__length__range", (1, 64))),
                        name="meetings_lecturer_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("party_group__length__range", (1, 64))),
                        name="meetings_party_group_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Memberships",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("admitted_on", models.DateField(null=True)),
                ("full_on", models.DateField(null=True)),
                ("sources", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_memberships",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="memberships_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="memberships_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="memberships_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="memberships_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="memberships_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="memberships_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="memberships_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="memberships_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sources__endswith", "、"), ("sources__startswith", "、")
                        ),
                        name="memberships_sources_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NilDeclarations",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("ledger", models.CharField(max_length=40)),
                ("declared_on", models.DateField()),
            ],
            options={
                "db_table": "ledger_nil_declarations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="nil_declarations_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="nil_declarations_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="nil_declarations_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="nil_declarations_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="nil_declarations_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="nil_declarations_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="nil_declarations_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ledger__length__range", (1, 40))),
                        name="nil_declarations_ledger_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyGroups",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("founded_on", models.DateField()),
                ("dissolved_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_party_groups",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="party_groups_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="party_groups_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="party_groups_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="party_groups_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="party_groups_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="party_groups_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="party_groups_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="party_groups_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__range", (1, 200))),
                        name="party_groups_name_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartyOrganizations",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=64)),
                ("enterprise", models.CharField(max_length=64, null=True)),
                ("leads", models.BooleanField()),
                ("superior", models.CharField(max_length=64, null=True)),
                ("dues_by_quarter", models.BooleanField(null=True)),
                ("founded_on", models.DateField()),
                ("dissolved_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_party_organizations",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="party_organizations_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="party_organizations_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="party_organizations_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="party_organizations_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="party_organizations_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="party_organizations_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="party_organizations_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__range", (1, 200))),
                        name="party_organizations_name_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("enterprise__length__range", (1, 64))),
                        name="party_organizations_enterprise_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superior__length__range", (1, 64))),
                        name="party_organizations_superior_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Payroll",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("year", models.IntegerField()),
                ("total", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_payroll",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="payroll_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="payroll_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="payroll_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="payroll_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="payroll_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="payroll_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="payroll_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))), name="payroll_year_valid"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Persons",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=50)),
            ],
            options={
                "db_table": "ledger_persons",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="persons_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="persons_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="persons_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="persons_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="persons_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="persons_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="persons_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__range", (1, 50))),
                        name="persons_name_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Positions",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("elements", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_positions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="positions_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="positions_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="positions_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="positions_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="positions_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="positions_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="positions_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="positions_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__length__range", (1, 200))),
                        name="positions_name_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elements__endswith", "、"), ("elements__startswith", "、")
                        ),
                        name="positions_elements_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PostQuotas",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("level", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("posts_set", models.BigIntegerField()),
                ("set_by", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_post_quotas",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="post_quotas_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="post_quotas_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="post_quotas_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="post_quotas_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="post_quotas_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="post_quotas_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="post_quotas_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("posts_set__gte", 0)),
                        name="post_quotas_posts_set_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posts",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("post", models.CharField(max_length=64)),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(null=True)),
                ("market_hired", models.BooleanField(null=True)),
                ("steps", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_posts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="posts_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="posts_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="posts_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="posts_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="posts_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="posts_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="posts_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="posts_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("steps__endswith", "、"), ("steps__startswith", "、")),
                        name="posts_steps_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reports",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("person", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=64)),
                ("reported_on", models.DateField()),
                ("meeting", models.CharField(max_length=64, null=True)),
                ("elements", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_reports",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="reports_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="reports_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="reports_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="reports_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="reports_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="reports_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="reports_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="reports_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("meeting__length__range", (1, 64))),
                        name="reports_meeting_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elements__endswith", "、"), ("elements__startswith", "、")
                        ),
                        name="reports_elements_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervisions",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("number", models.CharField(max_length=64)),
                ("unit", models.CharField(max_length=64)),
                ("held_on", models.DateField()),
                ("bodies", models.TextField()),
            ],
            options={
                "db_table": "ledger_supervisions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="supervisions_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="supervisions_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="supervisions_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="supervisions_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="supervisions_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="supervisions_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="supervisions_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="supervisions_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("bodies__endswith", "、"), ("bodies__startswith", "、")
                        ),
                        name="supervisions_bodies_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Talks",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("unit", models.CharField(max_length=64)),
                ("talker", models.CharField(max_length=64)),
                ("listener", models.CharField(max_length=64)),
                ("talked_on", models.DateField()),
                ("kind", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_talks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="talks_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="talks_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="talks_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="talks_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="talks_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="talks_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="talks_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("talker__length__range", (1, 64))),
                        name="talks_talker_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("listener__length__range", (1, 64))),
                        name="talks_listener_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visits",
            fields=[
                ("version_id", models.BigAutoField(primary_key=True, serialize=False)),
                ("record", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("status", models.CharField(max_length=8)),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=150)),
                ("recorded_because", models.CharField(blank=True, max_length=500)),
                ("source_file", models.CharField(blank=True, max_length=255)),
                ("source_row", models.PositiveIntegerField(null=True)),
                ("superseded_at", models.DateTimeField(null=True)),
                ("contact_point", models.CharField(max_length=64)),
                ("visited_on", models.DateField()),
                ("kind", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "ledger_visits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="visits_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="visits_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="visits_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="visits_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="visits_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="visits_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contact_point__length__range", (1, 64))),
                        name="visits_contact_point_valid",
                    ),
                ],
            },
        ),
    ]
