"""Fixtures that every test may use; databases come from tests/database.py, the closed network from tests/network.py,
the browser from tests/chromium.py."""

from hypothesis import settings

# a slow machine is no failing property, and the same run gives the same examples everywhere
settings.register_profile("house", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("house")

pytest_plugins = ["tests.chromium"]
