"""Static files under hashed names, also where one of our scripts imports another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage

_DJANGOS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


# Django finds a storage's switches on its class alone, so it must be a subclass, of one whose package has no types.
class ModuleManifestStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """A module's hash covers those of what it imports, so each link of the longest chain takes a pass of its own."""

    support_js_module_import_aggregation = True
    max_post_process_passes = 10
    # Of our modules alone: scripts of others name types in comments as if they imported them.
    _js_module_import_aggregation_patterns = ("panel*.js", _DJANGOS[1])
