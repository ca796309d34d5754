"""The operational database: every table and constraint, one migration line. Nothing else."""
