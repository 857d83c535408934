"""What `bench/workspace.py` measures the workspace beside: pages of its own on the same server."""
