"""Signing in by the identity provider of one's organization (OpenID Connect)."""
