"""Writing what stands in the database as a content pack that another town can load, change and give back."""
