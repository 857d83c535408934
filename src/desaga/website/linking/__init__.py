"""Links in pages of a site: read from them, refused where they are none, and asked whether they lead anywhere."""
