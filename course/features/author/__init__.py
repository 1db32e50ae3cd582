"""Authors: edit content, see it as a learner would, publish it."""
