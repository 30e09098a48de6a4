"""What every test stands on: `support/env_plugin.py` sets the environment, `support/fixtures.py` has the fixtures."""

pytest_plugins = ["tests.support.fixtures"]
