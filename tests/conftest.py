"""Settings for every test; fixtures come from the plugins that pyproject.toml names (databases, app, browser …)."""

from hypothesis import settings

# a slow machine is no failing property, and the same run gives the same examples everywhere
settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")
