"""Every address of the portal: those of its pages, each with its permission."""

from django.urls import path

from tongrong.portal.pages import registry

urlpatterns = [path(page.path, page.view, name=page.name) for page in registry.PAGES]
handler400 = "tongrong.portal.refusals.unreadable"
handler403 = "tongrong.portal.refusals.forbidden"
handler404 = "tongrong.portal.refusals.not_found"
handler500 = "tongrong.portal.refusals.broken"
