"""Pages: for the public, for whoever publishes, for a body that holds plans and for whoever takes one over."""
