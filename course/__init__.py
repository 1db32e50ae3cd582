"""The course: domain says what it is, features what people do with it, base holds the tools."""
