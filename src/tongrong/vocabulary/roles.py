"""Roles: what somebody is appointed to do, in a unit and all below it, or as an administrator."""

from enum import StrEnum


class Role(StrEnum):
    """One role; the value is the stable code."""

    SUPERIOR = "superior"
    SECRETARY = "secretary"
    PARTY_OFFICER = "party_officer"
    BOARD_OFFICE = "board_office"
    DISCIPLINE = "discipline"
    HUMAN_RESOURCES = "human_resources"
    FINANCE = "finance"
    BRANCH_SECRETARY = "branch_secretary"
    MEMBER = "member"
    STAFF = "staff"
    ASSESSOR = "assessor"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"

    @property
    def label(self) -> str:
        """The name users read."""
        return _LABELS[self]

    @property
    def administers(self) -> bool:
        """Whether it is one of the three administrators, who see no business data."""
        return self in ADMINISTRATORS


_LABELS = {
    Role.SUPERIOR: "上级监管",
    Role.SECRETARY: "企业党组织书记",
    Role.PARTY_OFFICER: "党务工作人员",
    Role.BOARD_OFFICE: "董事会办公室",
    Role.DISCIPLINE: "纪检",
    Role.HUMAN_RESOURCES: "人力资源",
    Role.FINANCE: "财务",
    Role.BRANCH_SECRETARY: "党支部书记",
    Role.MEMBER: "党员",
    Role.STAFF: "职工代表",
    Role.ASSESSOR: "第三方评价",
    Role.SYSTEM_ADMIN: "系统管理员",
    Role.SECURITY_ADMIN: "安全管理员",
    Role.AUDIT_ADMIN: "审计管理员",
}
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
