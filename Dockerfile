# One image for web, worker, beat, migrations and the emulator of LivePerson; docker-compose.yml gives each its command.
# Everything that is installed is named with its hash in requirements/lock.txt.

FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/lpcontext
ENV PATH=/opt/lpcontext/bin:$PATH

# Dependencies first: this layer lasts until the lock changes.
WORKDIR /build
COPY requirements/lock.txt requirements/lock.txt
RUN pip install --require-hashes -r requirements/lock.txt

COPY pyproject.toml README.md LICENSE ./
COPY lpcontext lpcontext
COPY templates templates
COPY static static
RUN pip install --no-deps --no-build-isolation .

# Settings serve hashed, compressed files where a manifest lies: an empty one makes collectstatic write the real one.
# Neither key below signs or seals anything.
WORKDIR /opt/lpcontext
RUN mkdir -p var/static \
 && echo '{"version": "1.1", "paths": {}}' > var/static/staticfiles.json \
 && LPCONTEXT_VAR_DIR=/opt/lpcontext/var \
    LPCONTEXT_SECRET_KEY=only-for-collecting-static-files \
    LPCONTEXT_SEAL_KEYS=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= \
    DJANGO_SETTINGS_MODULE=lpcontext.settings \
    python -m django collectstatic --noinput

FROM python:3.11-slim-bookworm
RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin lpcontext
# Owned by root: the process cannot change its own code.
COPY --from=build /opt/lpcontext /opt/lpcontext
ENV PATH=/opt/lpcontext/bin:$PATH \
    DJANGO_SETTINGS_MODULE=lpcontext.settings \
    LPCONTEXT_VAR_DIR=/opt/lpcontext/var \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
WORKDIR /opt/lpcontext
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["granian", "--interface=wsgi", "--host=0.0.0.0", "--port=8000", "--workers=2", "--workers-kill-timeout=5", "--blocking-threads=4", \
     "--http=1", "--no-ws", "--backlog=16384", "--backpressure=16384", \
     "--http1-header-read-timeout=15000", "--http1-buffer-size=65536", "--respawn-failed-workers", \
     "--no-access-log", "--log-level=warning", "lpcontext.wsgi:application"]
