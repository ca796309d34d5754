from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Awards",
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
                ("awarded_on", models.DateField()),
                ("title", models.CharField(max_length=200)),
                ("person", models.CharField(max_length=64, null=True)),
            ],
            options={
                "db_table": "ledger_awards",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="awards_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="awards_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="awards_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="awards_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="awards_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="awards_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="awards_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="awards_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__length__range", (1, 200))),
                        name="awards_title_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="awards_person_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposits",
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
                ("paid_on", models.DateField()),
                ("amount", models.BigIntegerField()),
            ],
            options={
                "db_table": "ledger_deposits",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="deposits_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="deposits_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="deposits_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="deposits_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)), name="deposits_hash_whole"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="deposits_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="deposits_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="deposits_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__range", (1949, 2100))),
                        name="deposits_year_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LossCases",
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
                ("recognized_on", models.DateField()),
                ("decided_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "ledger_loss_cases",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="loss_cases_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="loss_cases_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="loss_cases_version_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="loss_cases_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="loss_cases_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="loss_cases_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__length__range", (1, 64))),
                        name="loss_cases_number_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="loss_cases_unit_valid",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermContracts",
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
                ("elements", models.TextField(null=True)),
            ],
            options={
                "db_table": "ledger_term_contracts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "version"), name="term_contracts_one_row_per_version"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        fields=("record",),
                        name="term_contracts_one_current_version",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="term_contracts_version_from_1",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ("有效", "草稿", "撤回"))),
                        name="term_contracts_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("content_hash__length", 64)),
                        name="term_contracts_hash_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("superseded_at__isnull", True),
                            ("superseded_at__gte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="term_contracts_superseded_later",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__length__range", (1, 64))),
                        name="term_contracts_unit_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person__length__range", (1, 64))),
                        name="term_contracts_person_valid",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("elements__endswith", "、"), ("elements__startswith", "、")
                        ),
                        name="term_contracts_elements_valid",
                    ),
                ],
            },
        ),
    ]
