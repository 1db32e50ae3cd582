"""The course on its floors: app, features (what people do), domain, base (tools)."""
