"""Lists of learners that trainers bring from their spreadsheets."""
