"""National reference data that facts are read by: industries, enterprise sizes, areas.

Each is dated and names its source; it belongs to no checklist. `industries.yaml` and
`sizes.yaml` are data to be edited, the modules beside them read them.
"""
