"""An installation others rely on."""

import os

from django.core.exceptions import ImproperlyConfigured

from tongrong.config.settings.base import *  # noqa: F403

_SHORTEST_KEY = 50

DEBUG = False
SECRET_KEY = os.environ.get("TONGRONG_SECRET_KEY", "")
if len(SECRET_KEY) < _SHORTEST_KEY:
    raise ImproperlyConfigured(
        f"环境变量 TONGRONG_SECRET_KEY 未设置或不足 {_SHORTEST_KEY} 个字符。\n"
        f"    应为：不少于 {_SHORTEST_KEY} 个字符的随机串，各安装处互不相同\n"
        '    办法：运行 python -c "import secrets; print(secrets.token_urlsafe(50))"，'
        "把结果写入服务的环境配置"
    )

ALLOWED_HOSTS = [one for one in os.environ.get("TONGRONG_HOSTS", "").split(",") if one]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]
# The web server in front speaks HTTPS and says so; it must not pass on what a browser claims.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
