"""The editors' screens of the knowledge base, inside the CMS: what to write, to translate, to check, to answer."""
