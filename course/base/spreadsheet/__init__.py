"""Spreadsheets: what people bring is read, what they take away is written."""
