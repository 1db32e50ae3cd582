"""Quizzes: draw, answer, end, see again."""
