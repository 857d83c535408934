"""SAML 2.0: reading federations' metadata, asking an institution who somebody is, and checking its answer. No Django."""
